package io.ringgate.cli.migrate;

import io.ringgate.edge.EdgeName;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Who may write: passwords, client certificates, log-in services, networks. */
final class LoginRules {

    static final Map<String, AnnotationRule> RULES = Map.of(
            "auth-type", LoginRules::type,
            "auth-secret", LoginRules::secret,
            "auth-response-headers", LoginRules::responseHeaders,
            "auth-tls-secret", LoginRules::clientAuthority,
            "auth-tls-verify-client", LoginRules::verifyClient,
            "whitelist-source-range", LoginRules::allowedSources,
            "allowlist-source-range", LoginRules::allowedSources);

    private LoginRules() {}

    private static Finding type(String value, RuleContext context) {
        return switch (value) {
            case "basic" ->
                context.hasUsers()
                        ? Finding.carried("edges.yaml: a credential `basic` for each edge")
                        : Finding.changed("edges.yaml has no edge yet, see auth-secret");
            case "digest" ->
                Finding.decide("digest is not spoken and its hashes are of no use: give each edge a new password, by"
                        + " `ringgate edge add`");
            default -> Finding.decide("nginx knows `basic` and `digest`, so look up who may write by it");
        };
    }

    /** True where neither a password nor a certificate nor a service is asked for. */
    static boolean isOpen(Ingress ingress) {
        String verify = ingress.nginx("auth-tls-verify-client");
        boolean certificate = !ingress.nginx("auth-tls-secret").isEmpty() && (verify.isEmpty() || verify.equals("on"));
        return !certificate
                && ingress.nginx("auth-type").isEmpty()
                && ingress.nginx("auth-url").isEmpty();
    }

    private static Finding responseHeaders(String value, RuleContext context) {
        String header = context.draft().tenantOptions().header();
        return Stream.of(value.split("[,\\s]+", -1)).anyMatch(header::equalsIgnoreCase)
                ? Finding.decide("the service of auth-url says the tenant: write `tenant` of each edge in edges.yaml")
                : Finding.left("belongs to the service of auth-url, which is not asked here");
    }

    private static Finding secret(String value, RuleContext context) {
        SecretName name = SecretName.of(value, context.ingress().namespace());
        ImportedUsers users = context.users();
        String notGiven = "it was not given: import again with `--secret FILE`, the output of `kubectl get secret "
                + ReportText.of(name.name()) + " -o yaml`, or add edges by `ringgate edge add`; until then ";
        if (users == null) {
            return Finding.decide(notGiven + "nobody can write");
        }
        ImportedUsers.Source source = users.source(name);
        if (source != null) {
            return Finding.carried("htpasswd, with " + source.count() + "; each is an edge of edges.yaml");
        }
        ImportedUsers.Source first = users.sources().getFirst();
        return context.access().isStray()
                ? Finding.decide("the Secret that was given is called "
                        + ReportText.code(first.name().name()) + ": its users are in htpasswd, with " + first.count()
                        + "; each is an edge of edges.yaml. Make sure that it is the one that is meant")
                : Finding.decide(notGiven + "its users are answered 401");
    }

    private static Finding clientAuthority(String value, RuleContext context) {
        String verify = context.nginx("auth-tls-verify-client");
        if (verify.equals("off") || verify.equals("optional_no_ca")) {
            return Finding.left("auth-tls-verify-client is " + verify + ", so nobody is checked by it");
        }
        boolean required = !verify.equals("optional");
        ConfigDraft draft = context.draft();
        draft.clients(context.ingress(), new ConfigDraft.ClientAuthority(FileLayout.secret(value), required));
        return Finding.decide(clientAuth(required, draft) + ", client_ca_file: "
                + draft.layout().authority(draft.authorities().getFirst())
                + ". A certificate has to lead to an edge here: name each in edges.yaml (`- certificate: {subject_cn: NAME}`"
                + " among the credentials of an edge), or whoever shows one is answered 401");
    }

    /** There is one gateway: it can only require what every Ingress requires. */
    private static String clientAuth(boolean required, ConfigDraft draft) {
        String words = "ringgate.yaml: client_auth: " + (draft.requiresCertificates() ? "require" : "request");
        return required && !draft.requiresCertificates()
                ? words + ", since another Ingress takes writes without a certificate"
                : words;
    }

    private static Finding verifyClient(String value, RuleContext context) {
        if (context.nginx("auth-tls-secret").isEmpty()) {
            return Finding.left("belongs to auth-tls-secret, which is not there");
        }
        return switch (value) {
            case "on" -> {
                String words = clientAuth(true, context.draft());
                yield context.draft().requiresCertificates() ? Finding.carried(words) : Finding.changed(words);
            }
            case "optional" -> Finding.carried("ringgate.yaml: client_auth: request");
            case "off" -> Finding.carried("ringgate.yaml: no client_auth");
            case "optional_no_ca" ->
                Finding.left("a certificate that nobody vouches for proves nothing, so none is asked for");
            default -> Finding.left("nginx knows on, off, optional and optional_no_ca");
        };
    }

    private static Finding allowedSources(String value, RuleContext context) {
        NetworkList list = NetworkList.of(value);
        if (list.networks().isEmpty()) {
            return Finding.decide(
                    "there is no network in it, so it says nothing of who may write: write `allowed_sources`"
                            + " of each edge in edges.yaml, or leave it out for any");
        }
        context.limits(limits -> limits.withSources(list.networks()));
        String words = context.hasUsers()
                ? "edges.yaml: `allowed_sources` of " + whose(context)
                        + ". It needs the addresses of clients, which a load balancer may hide"
                : "edges.yaml has no edge yet: write `--source NETWORK` for each when you add one by `ringgate edge add`";
        if (!list.others().isEmpty()) {
            words += ". No networks, so they are left out: " + ReportText.code(String.join(", ", list.others()));
        }
        return context.held(
                IngressLimit.SOURCES,
                list.others().isEmpty() && context.hasUsers() ? Finding.carried(words) : Finding.decide(words));
    }

    private static String whose(RuleContext context) {
        EdgeAccess access = context.access();
        Set<EdgeName> edges = access.edges(context.ingress());
        return edges.equals(access.edges()) ? "every edge" : EdgeAccess.names(edges);
    }
}
