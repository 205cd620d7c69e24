package io.ringgate.cli.migrate;

import io.ringgate.config.HostPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How clients reach it: redirects to https, names, ciphers. */
final class TlsRules {

    private static final Pattern BETWEEN = Pattern.compile("[,\\s]+");

    static final Map<String, Known> RULES = rules();

    private TlsRules() {}

    private static Map<String, Known> rules() {
        Map<String, Known> rules = new HashMap<>();
        rules.put("ssl-redirect", Known.by("whether http is sent on to https", TlsRules::redirect));
        rules.put("force-ssl-redirect", Known.by("whether http is sent on to https", TlsRules::force));
        rules.put("preserve-trailing-slash", Known.left("a slash in redirects", "the path stays as it is"));
        rules.put(
                "ssl-passthrough",
                Known.decideUnlessOff(
                        "TLS that the backend ends",
                        "TLS ends at the gateway, which has to know who writes, and the backend decided that until now: give"
                                + " the gateway the certificate, and each sender a credential"));
        rules.put(
                "ssl-ciphers",
                Known.left(
                        "ciphers",
                        "a listener takes TLS 1.2 and 1.3 with the ciphers of its library; `min_version` in ringgate.yaml"
                                + " may say 1.3"));
        rules.put("ssl-prefer-server-ciphers", Known.left("whose ciphers count", "the library decides"));
        rules.put("server-alias", Known.by("further host names", TlsRules::alias));
        return rules;
    }

    private static Finding redirect(String value, RuleContext asked) {
        if (GoBoolean.isFalse(value)) {
            return Finding.left(
                    "http stays closed: it would carry passwords readable. An agent whose URL begins with http://"
                            + " needs https://");
        }
        if (asked.ingress().tls().isEmpty()) {
            return Finding.left("the Ingress has no tls, so it sent nobody on; here is no http");
        }
        asked.draft().redirect();
        return GoBoolean.isTrue(value)
                ? Finding.carried(asked.draft().layout().redirect())
                : Finding.changed(
                        asked.draft().layout().redirect() + ", as without this annotation: nginx reads true and false");
    }

    private static Finding force(String value, RuleContext asked) {
        if (!GoBoolean.isTrue(value)) {
            String nothing = "nothing is forced beyond ssl-redirect";
            return GoBoolean.isFalse(value)
                    ? Finding.carried(nothing)
                    : Finding.left(nothing + ": nginx reads true and false");
        }
        asked.draft().redirect();
        return Finding.carried(asked.draft().layout().redirect());
    }

    private static Finding alias(String value, RuleContext asked) {
        List<String> others = new ArrayList<>();
        BETWEEN.splitAsStream(value).filter(name -> !name.isEmpty()).forEach(name -> {
            if (isHostName(name)) {
                asked.draft().host(name);
            } else {
                others.add(name);
            }
        });
        if (asked.draft().layout() == Layout.PODS) {
            return Finding.changed("the listener takes any name; names go into dnsNames of Certificate ringgate-names");
        }
        return others.isEmpty()
                ? Finding.carried("ringgate.yaml: host_names")
                : Finding.decide(
                        "ringgate.yaml: host_names, without what is no name, so writes under such a name are answered 421:"
                                + " write the names that senders use: " + SafeText.code(String.join(", ", others)));
    }

    /** A star may stand for the first label. */
    static boolean isHostName(String name) {
        return HostPort.isHost(name.startsWith("*.") ? name.substring(2) : name);
    }
}
