package io.ringgate.cli.migrate;

import io.ringgate.edge.EdgeName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Who may write: passwords, client certificates, log-in services, networks. */
final class LoginRules {

    private static final String NO_SERVICE =
            "no service is asked whether a request may pass: edges prove themselves by password, certificate or token"
                    + " (`issuers` and `introspection` in edges.yaml), so give each of its senders one of these";
    private static final String OF_SERVICE = "belongs to the service of auth-url, which is not asked here";
    private static final String WITH_AUTHORITY = "belongs to auth-tls-secret, which is not there";

    static final Map<String, Known> RULES = rules();

    private LoginRules() {}

    private static Map<String, Known> rules() {
        Map<String, Known> rules = new HashMap<>();
        rules.put("auth-type", Known.by("how users log in", LoginRules::type));
        rules.put("auth-secret", Known.by("the Secret with users", LoginRules::secret));
        rules.put("auth-secret-type", Known.by("how the Secret holds users", LoginRules::secretType));
        rules.put(
                "auth-realm",
                Known.left(
                        "the realm of the log-in", "an answer 401 has one realm and one text, agents look at neither"));
        rules.put("satisfy", Known.by("whether an address alone suffices", LoginRules::satisfy));
        rules.put("auth-url", Known.decide("log-in by a service", NO_SERVICE));
        rules.put("enable-global-auth", Known.decideUnlessOff("log-in by a service", NO_SERVICE));
        for (String name : new String[] {
            "auth-method",
            "auth-request-redirect",
            "auth-proxy-set-headers",
            "auth-always-set-cookie",
            "auth-signin*",
            "auth-cache-*",
            "auth-keepalive*"
        }) {
            rules.put(name, Known.left("log-in by a service", OF_SERVICE));
        }
        rules.put("auth-response-headers", Known.by("headers of a log-in by a service", LoginRules::responseHeaders));
        rules.put("auth-snippet", Known.hidden("log-in by a service", (value, asked) -> Finding.left(OF_SERVICE)));
        rules.put("auth-tls-secret", Known.by("who vouches for clients' certificates", LoginRules::authority));
        rules.put("auth-tls-verify-client", Known.by("whether clients need a certificate", LoginRules::verifyClient));
        rules.put(
                "auth-tls-verify-depth",
                Known.left(
                        "how long a client's chain may be",
                        "there is no such setting: a chain has to end at an authority of client_ca_file"));
        rules.put(
                "auth-tls-error-page",
                Known.left(
                        "a page for those without a certificate",
                        "agents read no pages, they hear 401 and a sentence"));
        rules.put(
                "auth-tls-pass-certificate-to-upstream",
                Known.left(
                        "a header with the client's certificate",
                        "no header of a client reaches a receiver; the certificate leads to the edge here"));
        rules.put(
                "auth-tls-match-cn",
                Known.decide(
                        "which names certificates may have",
                        "which certificate is whose stands in edges.yaml: `- certificate: {subject_cn: NAME}` among the"
                                + " credentials of an edge"));
        for (String name : new String[] {"whitelist-source-range", "allowlist-source-range"}) {
            rules.put(name, Known.by("where requests may come from", LoginRules::allowed));
        }
        rules.put(
                "denylist-source-range",
                Known.decide(
                        "where requests may not come from",
                        "edges have networks that they may write from, not ones that they may not: write"
                                + " `allowed_sources` in edges.yaml, or a NetworkPolicy"));
        return rules;
    }

    private static Finding type(String value, RuleContext asked) {
        return switch (value) {
            case "basic" ->
                asked.hasUsers()
                        ? Finding.carried("edges.yaml: a credential `basic` for each edge")
                        : Finding.changed("edges.yaml has no edge yet, see auth-secret");
            case "digest" ->
                Finding.decide("digest is not spoken and its hashes are of no use: give each edge a new password, by"
                        + " `ringgate edge add`");
            default -> Finding.decide("nginx knows `basic` and `digest`, so look up who may write by it");
        };
    }

    /** True where neither a password nor a certificate nor a service is asked for. */
    static boolean isOpen(RuleContext asked) {
        String verify = asked.nginx("auth-tls-verify-client");
        boolean certificate = !asked.nginx("auth-tls-secret").isEmpty() && (verify.isEmpty() || verify.equals("on"));
        return !certificate
                && asked.nginx("auth-type").isEmpty()
                && asked.nginx("auth-url").isEmpty();
    }

    private static Finding responseHeaders(String value, RuleContext asked) {
        String header = asked.draft().tenantTerms().header();
        return Stream.of(value.split("[,\\s]+", -1)).anyMatch(header::equalsIgnoreCase)
                ? Finding.decide("the service of auth-url says the tenant: write `tenant` of each edge in edges.yaml")
                : Finding.left(OF_SERVICE);
    }

    private static Finding secret(String value, RuleContext asked) {
        SecretName name = SecretName.of(value, asked.ingress().namespace());
        Users users = asked.users();
        String notGiven = "it was not given: import again with `--secret FILE`, the output of `kubectl get secret "
                + SafeText.of(name.name()) + " -o yaml`, or add edges by `ringgate edge add`; until then ";
        if (users == null) {
            return Finding.decide(notGiven + "nobody can write");
        }
        Users.Source source = users.source(name);
        if (source != null) {
            return Finding.carried("htpasswd, with " + source.count() + "; each is an edge of edges.yaml");
        }
        return asked.reach().isStray()
                ? Finding.decide("the Secret that was given is called "
                        + SafeText.code(users.sources().getFirst().name().name()) + ": its users are in htpasswd, with "
                        + users.sources().getFirst().count()
                        + "; each is an edge of edges.yaml. Make sure that it is the one that is meant")
                : Finding.decide(notGiven + "its users are answered 401");
    }

    private static Finding secretType(String value, RuleContext asked) {
        return switch (value) {
            case "auth-map" -> Finding.carried("each key of the Secret is a user of htpasswd");
            case "auth-file" -> Finding.carried("the key `auth` of the Secret is htpasswd");
            default -> Finding.left("nginx knows `auth-file` and `auth-map`");
        };
    }

    private static Finding satisfy(String value, RuleContext asked) {
        return value.equals("any")
                ? Finding.decide("an edge needs a credential wherever it writes from: give one to whoever passed by his"
                        + " address alone, or he is answered 401; and `allowed_sources` of edges.yaml holds for edges with"
                        + " a credential too")
                : Finding.carried("an edge needs a credential, and an address among its `allowed_sources`");
    }

    private static Finding authority(String value, RuleContext asked) {
        String verify = asked.nginx("auth-tls-verify-client");
        if (verify.equals("off") || verify.equals("optional_no_ca")) {
            return Finding.left("auth-tls-verify-client is " + verify + ", so nobody is checked by it");
        }
        boolean required = !verify.equals("optional");
        String name = TlsFiles.name(value);
        asked.draft().clients(asked.ingress(), new ConfigDraft.ClientAuthority(name, required));
        return Finding.decide(clientAuth(required, asked)
                + ", client_ca_file: "
                + asked.draft().layout().authority(asked.draft().authorities().getFirst())
                + ". A certificate has to lead to an edge here: name each in edges.yaml (`- certificate: {subject_cn: NAME}`"
                + " among the credentials of an edge), or whoever shows one is answered 401");
    }

    /** There is one gateway: it can only require what every Ingress requires. */
    private static String clientAuth(boolean required, RuleContext asked) {
        String words = "ringgate.yaml: client_auth: " + (asked.requiresCertificates() ? "require" : "request");
        return required && !asked.requiresCertificates()
                ? words + ", since another Ingress takes writes without a certificate"
                : words;
    }

    private static Finding verifyClient(String value, RuleContext asked) {
        if (asked.nginx("auth-tls-secret").isEmpty()) {
            return Finding.left(WITH_AUTHORITY);
        }
        return switch (value) {
            case "on" ->
                asked.requiresCertificates()
                        ? Finding.carried(clientAuth(true, asked))
                        : Finding.changed(clientAuth(true, asked));
            case "optional" -> Finding.carried("ringgate.yaml: client_auth: request");
            case "off" -> Finding.carried("ringgate.yaml: no client_auth");
            case "optional_no_ca" ->
                Finding.left("a certificate that nobody vouches for proves nothing, so none is asked for");
            default -> Finding.left("nginx knows on, off, optional and optional_no_ca");
        };
    }

    private static Finding allowed(String value, RuleContext asked) {
        NetworkList ranges = NetworkList.of(value);
        if (ranges.networks().isEmpty()) {
            return Finding.decide(
                    "there is no network in it, so it says nothing of who may write: write `allowed_sources`"
                            + " of each edge in edges.yaml, or leave it out for any");
        }
        asked.draft()
                .terms(
                        asked.ingress(),
                        terms -> terms.withSources(
                                ranges.networks().stream().map(Object::toString).toList()));
        String words = asked.hasUsers()
                ? "edges.yaml: `allowed_sources` of " + whose(asked)
                        + ". It needs the addresses of clients, which a load balancer may hide"
                : "edges.yaml has no edge yet: write `--source NETWORK` for each when you add one by `ringgate edge add`";
        return asked.held(
                IngressLimit.SOURCES,
                ranges.others().isEmpty() && asked.hasUsers()
                        ? Finding.carried(words)
                        : Finding.decide(words
                                + (ranges.others().isEmpty()
                                        ? ""
                                        : ". No networks, so they are left out: "
                                                + SafeText.code(String.join(", ", ranges.others())))));
    }

    private static String whose(RuleContext asked) {
        EdgeAccess reach = asked.reach();
        Set<EdgeName> edges = reach.edges(asked.ingress());
        return edges.equals(reach.edges()) ? "every edge" : EdgeAccess.names(edges);
    }
}
