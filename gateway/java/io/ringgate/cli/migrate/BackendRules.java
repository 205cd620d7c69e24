package io.ringgate.cli.migrate;

import io.ringgate.config.HostPort;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** How the backend is spoken to: its protocol, TLS towards it, its path. */
final class BackendRules {

    static final Map<String, AnnotationRule> RULES = Map.of(
            "backend-protocol",
            BackendRules::protocol,
            "secure-backends",
            (value, context) -> protocol(GoBoolean.isTrue(value) ? "HTTPS" : "HTTP", context),
            "proxy-ssl-secret",
            ofTls(BackendRules::authority),
            "proxy-ssl-name",
            ofTls(BackendRules::name),
            "proxy-ssl-verify",
            ofTls(BackendRules::verify),
            "rewrite-target",
            BackendRules::rewrite);

    /** What the sender asked for, with nothing before it. */
    private static final Pattern OF_THE_SENDER = Pattern.compile("/?\\$[0-9]");

    private BackendRules() {}

    private static Finding protocol(String value, RuleContext context) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "HTTP", "AUTO_HTTP" -> Finding.carried("ringgate.yaml: receivers.write.scheme is http by default");
            case "HTTPS" -> {
                context.draft().backendTls(context.ingress());
                yield Finding.carried(
                        "ringgate.yaml: receivers.write.scheme: https; who vouches for the receivers stands in"
                                + " receivers.write.tls, else the system's authorities do");
            }
            default ->
                Finding.decide("writes go on by HTTP, to the port of --remote-write.address (19291), not by gRPC or"
                        + " another protocol");
        };
    }

    /** One that holds only where the backend is asked by TLS. */
    private static AnnotationRule ofTls(AnnotationRule rule) {
        return (value, context) -> context.nginx("backend-protocol").equalsIgnoreCase("HTTPS")
                        || GoBoolean.isTrue(context.nginx("secure-backends"))
                ? rule.apply(value, context)
                : Finding.left("it belongs to backend-protocol HTTPS, which is not there");
    }

    private static Finding authority(String value, RuleContext context) {
        ConfigDraft draft = context.draft();
        String secret = FileLayout.secret(value);
        String first = draft.backendAuthority();
        if (!first.isEmpty() && !first.equals(secret)) {
            return Finding.decide("another Ingress names Secret " + first + ", and receivers have one"
                    + " `receivers.write.tls.ca_file`: put both authorities into that file");
        }
        draft.backendAuthority(secret);
        return Finding.changed("ringgate.yaml: receivers.write.tls.ca_file: "
                + draft.layout().authority(secret) + "; a certificate of our own towards receivers is not sent");
    }

    private static Finding name(String value, RuleContext context) {
        if (!HostPort.isHost(value)) {
            return Finding.left("it is no host name");
        }
        String first = context.draft().backendName();
        if (!first.isEmpty() && !first.equals(value)) {
            return Finding.decide("another Ingress says " + first + ", and `receivers.write.tls.server_name` is one");
        }
        context.draft().backendName(value);
        return Finding.carried("ringgate.yaml: receivers.write.tls.server_name: " + value);
    }

    private static Finding verify(String value, RuleContext context) {
        String words = "receivers' certificates are always checked";
        return value.equals("on")
                ? Finding.carried(words)
                : Finding.changed(words + ": name who vouches for them in receivers.write.tls.ca_file");
    }

    private static Finding rewrite(String value, RuleContext context) {
        String path = context.draft().backends().stream()
                .findFirst()
                .map(Backend::kind)
                .orElse(Backend.Kind.THANOS)
                .path();
        if (value.equals(path)) {
            return Finding.carried("ringgate.yaml: receivers.write.path is " + path);
        }
        String words = "whatever path a write came by, it goes out on `receivers.write.path` (" + path + ")";
        return OF_THE_SENDER.matcher(value).matches()
                ? Finding.left(words)
                : Finding.decide(words + ": write there what receivers take, if it is another path");
    }
}
