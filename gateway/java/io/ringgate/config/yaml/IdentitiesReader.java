package io.ringgate.config.yaml;

import io.ringgate.config.ClaimPath;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.EdgeEntry;
import io.ringgate.config.Identities;
import io.ringgate.config.IntrospectionConfig;
import io.ringgate.config.Issuer;
import io.ringgate.config.Issuers;
import io.ringgate.config.SourcePosition;
import io.ringgate.config.StampLabels;
import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.Network;
import io.ringgate.edge.StampedLabel;
import io.ringgate.edge.TenantId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All of {@code edges.yaml}: who may write, and how each authenticates. */
final class IdentitiesReader {

    /** Each choice of claims is looked up once for every token. */
    private static final int MOST_KINDS = 16;

    private static final ValueKind<EdgeName> NAME = ValueKind.named("name of an edge", text -> {
        if (!EdgeName.isValid(text)) {
            throw new InvalidValue("is not an edge name, write " + EdgeName.RULE);
        }
        return new EdgeName(text);
    });

    private static final ValueKind<TenantId> TENANT = ValueKind.named("name of a tenant", text -> {
        if (!TenantId.isValid(text)) {
            throw new InvalidValue("is not a tenant, write " + TenantId.RULE);
        }
        return new TenantId(text);
    });

    static final ValueKind<Network> NETWORK = ValueKind.named("network or address", NetworkKind::read);

    private static final ValueKind<Integer> MAX_DYNAMIC_TENANTS = ValueKind.number("a number of edges", 1, 100_000);

    private final StampLabels stamp;
    private final TemplateTenants templates = new TemplateTenants();
    private final IssuerReader issuerReader;
    private final JwtCredentialReader tokens;
    private final Map<EdgeName, SourcePosition> names = new HashMap<>();
    private final Map<EdgeName, SourcePosition> tenants = new HashMap<>();
    private final Map<String, SourcePosition> basicUsers = new LinkedHashMap<>();
    private final Map<EdgeCredential.Certificate, SourcePosition> certificates = new LinkedHashMap<>();
    private final Map<EdgeCredential.OAuth2, SourcePosition> introspected = new LinkedHashMap<>();

    IdentitiesReader(StampLabels stamp) {
        this.stamp = stamp;
        this.issuerReader = new IssuerReader(stamp, templates);
        this.tokens = new JwtCredentialReader(issuerReader::knows);
    }

    Identities read(Section root) {
        Issuers issuers = issuers(root);
        root.missing("edges", "write the list of edge clusters");
        List<EdgeEntry> entries = new ArrayList<>();
        for (Section section : root.sections("edges")) {
            EdgeEntry entry = edge(section);
            if (entry != null) {
                entries.add(entry);
            }
        }
        Set<EdgeName> removed = removed(root);
        if (root.emptyList("edges") && issuers.noneHasTemplate()) {
            root.warning("edges", "is empty, so nobody can write and the gateway does not start: add an edge");
        }
        IntrospectionConfig introspection =
                root.has("introspection") ? IntrospectionReader.read(root.section("introspection")) : null;
        checkTokens(root);
        templates.check(entries, root.problems());
        root.end();
        return new Identities(entries, removed, issuers, introspection);
    }

    /** Edges that are withdrawn on purpose, however many they are. */
    private Set<EdgeName> removed(Section root) {
        Set<EdgeName> removed = new HashSet<>();
        for (LocatedValue<EdgeName> name : root.list("removed", NAME)) {
            removed.add(name.value());
            SourcePosition edge = names.get(name.value());
            if (edge != null) {
                root.error(
                        name.position(),
                        name.value() + " is also an edge in line " + edge.line() + ", remove one of the two");
            }
        }
        return removed;
    }

    /** Tokens and who is asked about them need one another. */
    private void checkTokens(Section root) {
        Set<Set<ClaimPath>> kinds = new HashSet<>();
        introspected.forEach((token, position) -> {
            if (kinds.add(token.claims().keySet()) && kinds.size() == MOST_KINDS + 1) {
                root.error(
                        position,
                        "are a further choice of claims after " + MOST_KINDS + ", use the same claims for more edges");
            }
        });
        boolean asked = root.has("introspection");
        if (asked && introspected.isEmpty()) {
            root.warning(
                    "introspection",
                    "no edge has an oauth2 credential, so it is not used: write one, or leave this out");
        }
        if (!asked) {
            introspected.values().stream()
                    .findFirst()
                    .ifPresent(
                            position -> root.error(
                                    position,
                                    "no identity provider is configured to check tokens, write introspection at the top of this file"));
        }
    }

    private Issuers issuers(Section root) {
        List<Issuer> all = new ArrayList<>();
        for (Section section : root.sections("issuers")) {
            Issuer issuer = issuerReader.read(section);
            if (issuer != null) {
                all.add(issuer);
            }
        }
        return new Issuers(
                all, root.read("max_dynamic_tenants", MAX_DYNAMIC_TENANTS, Issuers.DEFAULT_MAX_DYNAMIC_TENANTS));
    }

    /** Where each user of the password file is named. */
    Map<String, SourcePosition> basicUsers() {
        return Collections.unmodifiableMap(basicUsers);
    }

    /** Where the first client certificate is named; null when there is none. */
    @Nullable
    SourcePosition firstCertificate() {
        return certificates.isEmpty() ? null : certificates.values().iterator().next();
    }

    /** Where the tenant of an edge is named. */
    SourcePosition tenantPosition(EdgeName edge) {
        return Objects.requireNonNull(tenants.get(edge));
    }

    private @Nullable EdgeEntry edge(Section section) {
        EdgeName name = section.require("name", NAME, "write the name of the edge cluster");
        TenantId tenant = section.require("tenant", TENANT, "write the tenant its series are stored under");
        List<StampedLabel> labels = new StampedLabelsReader(stamp, name, tenant).read(section);
        List<Network> sources = sources(section);
        boolean enabled = section.read("enabled", ValueKind.FLAG, true);
        List<EdgeCredential> credentials = credentials(section);
        section.end();
        if (name == null || tenant == null) {
            return null;
        }
        tenants.put(name, section.position("tenant"));
        SourcePosition first = names.putIfAbsent(name, section.position("name"));
        if (first != null) {
            section.error("name", name + " is the name of another edge in line " + first.line() + ", write another");
        }
        return new EdgeEntry(new Edge(name, tenant, labels, sources, enabled), credentials);
    }

    private static List<Network> sources(Section section) {
        if (section.emptyList("allowed_sources")) {
            section.error(
                    "allowed_sources",
                    "is empty, write the networks that its writes come from, or leave the key out for any");
        }
        return section.list("allowed_sources", NETWORK).stream()
                .map(LocatedValue::value)
                .toList();
    }

    private List<EdgeCredential> credentials(Section edge) {
        List<EdgeCredential> credentials = new ArrayList<>();
        for (Section section : edge.sections("credentials")) {
            EdgeCredential credential = CredentialReader.read(section, basicUsers, tokens, introspected, certificates);
            if (credential != null) {
                credentials.add(credential);
            }
        }
        if (!edge.has("credentials") || edge.emptyList("credentials")) {
            edge.warning(
                    "credentials",
                    "there are none, so this edge cannot authenticate: write for example - basic: {user: NAME}");
        }
        return credentials;
    }
}
