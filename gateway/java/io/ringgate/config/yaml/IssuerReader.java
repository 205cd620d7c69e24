package io.ringgate.config.yaml;

import io.ringgate.config.EdgeTemplate;
import io.ringgate.config.Issuer;
import io.ringgate.config.IssuerKeys;
import io.ringgate.config.SignatureAlgorithm;
import io.ringgate.config.SourcePosition;
import io.ringgate.config.StampLabels;
import io.ringgate.config.TokenRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An issuer of tokens: an item of {@code issuers}. */
final class IssuerReader {

    /** What a name may look like, since it is the label of a metric. */
    private static final ValueKind<String> NAME = ValueKind.named("name", text -> {
        if (!text.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
            throw new InvalidValue(
                    "is not a name, write 1 to 63 small letters, digits, '_' or '-', beginning with a letter or digit");
        }
        return text;
    });

    private static final DurationKind SKEW = new DurationKind(Duration.ZERO, Duration.ofMinutes(5));

    /** A request's header ends at 32 KiB. */
    private static final SizeKind MAX_TOKEN = new SizeKind(512, 16 << 10);

    private static final ValueKind<SignatureAlgorithm> ALGORITHM = algorithms();

    private static final ValueKind<String> TYPE = text -> TokenRules.plainType(ValueKind.TEXT.read(text));

    private static final ValueKind<String> TEMPLATE = ValueKind.named("template", text -> {
        if (!text.replaceAll("\\{claim:[^{}]+\\}", "").matches("[A-Za-z0-9_.-]*") || !text.contains("{claim:")) {
            throw new InvalidValue(
                    "is not a template, write for example \"{claim:azp}\" or \"edge-{claim:/org/name}\"");
        }
        return text;
    });

    private static final ValueKind<String> PATTERN = ValueKind.named("regular expression (RE2)", RegexKind::read);

    /** Whether a template may lead to tenants of configured edges. */
    private static final ValueKind<Boolean> CONFIGURED_TENANTS = ValueKind.word(configuredTenants());

    private final StampLabels stamp;
    private final TemplateTenants templates;
    private final Map<String, SourcePosition> names = new HashMap<>();
    private final Map<String, SourcePosition> issuers = new HashMap<>();

    /** @param templates gets those that do not say which tenants they may lead to */
    IssuerReader(StampLabels stamp, TemplateTenants templates) {
        this.stamp = stamp;
        this.templates = templates;
    }

    private static Map<String, Boolean> configuredTenants() {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("refuse", false);
        words.put("allow", true);
        return words;
    }

    private static ValueKind<SignatureAlgorithm> algorithms() {
        Map<String, SignatureAlgorithm> words = new LinkedHashMap<>();
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            words.put(algorithm.name(), algorithm);
        }
        return ValueKind.word(words);
    }

    /** True for the name of an issuer, also of one that could not be read whole. */
    boolean knows(String name) {
        return names.containsKey(name);
    }

    @Nullable
    Issuer read(Section section) {
        String name = section.require("name", NAME, "write the name by which edges refer to it");
        String issuer = section.require("issuer", ValueKind.TEXT, "write what stands in iss of its tokens");
        unique(section, "name", name, names);
        unique(section, "issuer", issuer, issuers);
        TokenRules tokens = new TokenRules(
                some(section, "audiences", ValueKind.TEXT, List.of()),
                Set.copyOf(some(section, "algorithms", ALGORITHM, TokenRules.DEFAULT_ALGORITHMS)),
                Set.copyOf(some(section, "types", TYPE, TokenRules.DEFAULT_TYPES)),
                section.read("skew", SKEW, TokenRules.DEFAULT_SKEW),
                section.read("max_token", MAX_TOKEN, TokenRules.DEFAULT_MAX_TOKEN));
        section.missing("audiences", "write what stands in aud of the tokens that are meant for this gateway");
        IssuerKeys keys = IssuerKeysReader.read(section, issuer);
        EdgeTemplate template = template(section.section("edge_template"), section.has("edge_template"));
        section.end();
        return name == null || issuer == null || keys == null ? null : new Issuer(name, issuer, tokens, keys, template);
    }

    private static void unique(Section section, String key, @Nullable String value, Map<String, SourcePosition> seen) {
        SourcePosition first = value == null ? null : seen.putIfAbsent(value, section.position(key));
        if (first != null) {
            section.error(
                    key,
                    section.displayValue(key) + " is that of another issuer in line " + first.line()
                            + ", write another");
        }
    }

    private static <T> List<T> some(Section section, String key, ValueKind<T> kind, Iterable<T> fallback) {
        Set<T> values = new LinkedHashSet<>();
        section.list(key, kind, fallback).forEach(value -> values.add(value.value()));
        if (section.emptyList(key)) {
            section.error(key, "is empty, so no token would be taken: write what is");
        }
        if (!section.has(key)) {
            fallback.forEach(values::add);
        }
        return List.copyOf(values);
    }

    private @Nullable EdgeTemplate template(Section section, boolean wanted) {
        if (!wanted) {
            return null;
        }
        String edge = section.require("edge", TEMPLATE, "write for example \"{claim:azp}\"");
        String tenant = section.require("tenant", TEMPLATE, "write for example \"{claim:org}\"");
        String allow = section.require("allow", PATTERN, "write the regular expression that the claims' values match");
        unambiguous(section, "edge", edge, allow);
        unambiguous(section, "tenant", tenant, allow);
        boolean configured = section.read("configured_tenants", CONFIGURED_TENANTS, false);
        section.end();
        if (edge == null || tenant == null || allow == null) {
            return null;
        }
        EdgeTemplate template = new EdgeTemplate(edge, tenant, allow, stamp, configured);
        if (!section.has("configured_tenants")) {
            templates.add(template, section.position("tenant"));
        }
        return template;
    }

    private static void unambiguous(Section section, String key, @Nullable String template, @Nullable String allow) {
        String fault = template == null || allow == null ? null : TemplateText.ambiguity(template, allow);
        if (fault != null) {
            section.error(key, QuotedText.of(String.valueOf(template)) + " " + fault);
        }
    }
}
