package io.ringgate.cli.migrate;

import io.ringgate.config.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How clients reach it: redirects to https, and names. */
final class TlsRules {

    static final Map<String, AnnotationRule> RULES = Map.of(
            "ssl-redirect", TlsRules::redirect,
            "force-ssl-redirect", TlsRules::forceRedirect,
            "server-alias", TlsRules::alias);

    private TlsRules() {}

    private static Finding redirect(String value, RuleContext context) {
        if (GoBoolean.isFalse(value)) {
            return Finding.left(
                    "http stays closed: it would carry passwords readable. An agent whose URL begins with http://"
                            + " needs https://");
        }
        if (context.ingress().tls().isEmpty()) {
            return Finding.left("the Ingress has no tls, so it sent nobody on; here is no http");
        }
        String words = context.draft().redirect();
        return GoBoolean.isTrue(value)
                ? Finding.carried(words)
                : Finding.changed(words + ", as without this annotation: nginx reads true and false");
    }

    private static Finding forceRedirect(String value, RuleContext context) {
        if (GoBoolean.isTrue(value)) {
            return Finding.carried(context.draft().redirect());
        }
        String nothing = "nothing is forced beyond ssl-redirect";
        return GoBoolean.isFalse(value)
                ? Finding.carried(nothing)
                : Finding.left(nothing + ": nginx reads true and false");
    }

    private static Finding alias(String value, RuleContext context) {
        List<String> others = new ArrayList<>();
        Stream.of(value.split("[,\\s]+", -1)).filter(name -> !name.isEmpty()).forEach(name -> {
            if (isHostName(name)) {
                context.draft().host(name);
            } else {
                others.add(name);
            }
        });
        if (context.draft().layout() == FileLayout.PODS) {
            return Finding.changed("the listener takes any name; names go into dnsNames of Certificate ringgate-names");
        }
        return others.isEmpty()
                ? Finding.carried("ringgate.yaml: host_names")
                : Finding.decide(
                        "ringgate.yaml: host_names, without what is no name, so writes under such a name are answered 421:"
                                + " write the names that senders use: " + ReportText.code(String.join(", ", others)));
    }

    /** A star may stand for the first label. */
    static boolean isHostName(String name) {
        return HostPort.isHost(name.startsWith("*.") ? name.substring(2) : name);
    }
}
