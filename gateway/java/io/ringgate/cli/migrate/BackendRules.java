package io.ringgate.cli.migrate;

import io.ringgate.config.HostPort;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How the backend is spoken to: its protocol, and TLS towards it. */
final class BackendRules {

    private static final String BY_HTTPS = "it belongs to backend-protocol HTTPS, which is not there";

    static final Map<String, Known> RULES = rules();

    private BackendRules() {}

    private static Map<String, Known> rules() {
        Map<String, Known> rules = new HashMap<>();
        rules.put("backend-protocol", Known.by("how the backend is spoken to", BackendRules::protocol));
        rules.put("secure-backends", Known.by("how the backend is spoken to", BackendRules::secure));
        rules.put("proxy-ssl-secret", Known.by("who vouches for the backend", BackendRules::authority));
        rules.put("proxy-ssl-name", Known.by("the backend's name in its certificate", BackendRules::name));
        rules.put("proxy-ssl-verify", Known.by("whether the backend's certificate counts", BackendRules::verify));
        rules.put(
                "proxy-ssl-*",
                Known.left(
                        "TLS towards the backend",
                        "there is no such setting: TLS towards receivers is as its library has it"));
        return rules;
    }

    private static Finding protocol(String value, RuleContext asked) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "HTTP", "AUTO_HTTP" -> Finding.carried("ringgate.yaml: receivers.write.scheme is http by default");
            case "HTTPS" -> {
                asked.draft().backendTls(asked.ingress());
                yield Finding.carried(
                        "ringgate.yaml: receivers.write.scheme: https; who vouches for the receivers stands in"
                                + " receivers.write.tls, else the system's authorities do");
            }
            default ->
                Finding.decide("writes go on by HTTP, to the port of --remote-write.address (19291), not by gRPC or"
                        + " another protocol");
        };
    }

    private static Finding secure(String value, RuleContext asked) {
        if (!GoBoolean.isTrue(value)) {
            return Finding.carried("ringgate.yaml: receivers.write.scheme is http by default");
        }
        return protocol("HTTPS", asked);
    }

    private static boolean byHttps(RuleContext asked) {
        return asked.nginx("backend-protocol").equalsIgnoreCase("HTTPS")
                || GoBoolean.isTrue(asked.nginx("secure-backends"));
    }

    private static Finding authority(String value, RuleContext asked) {
        if (!byHttps(asked)) {
            return Finding.left(BY_HTTPS);
        }
        String secret = TlsFiles.name(value);
        String first = asked.draft().backendAuthority();
        if (!first.isEmpty() && !first.equals(secret)) {
            return Finding.decide("another Ingress names Secret " + first + ", and receivers have one"
                    + " `receivers.write.tls.ca_file`: put both authorities into that file");
        }
        asked.draft().backendAuthority(secret);
        return Finding.changed("ringgate.yaml: receivers.write.tls.ca_file: "
                + asked.draft().layout().authority(secret)
                + "; a certificate of our own towards receivers is not sent");
    }

    private static Finding name(String value, RuleContext asked) {
        if (!byHttps(asked)) {
            return Finding.left(BY_HTTPS);
        }
        if (!HostPort.isHost(value)) {
            return Finding.left("it is no host name");
        }
        String first = asked.draft().backendName();
        if (!first.isEmpty() && !first.equals(value)) {
            return Finding.decide("another Ingress says " + first + ", and `receivers.write.tls.server_name` is one");
        }
        asked.draft().backendName(value);
        return Finding.carried("ringgate.yaml: receivers.write.tls.server_name: " + value);
    }

    private static Finding verify(String value, RuleContext asked) {
        if (!byHttps(asked)) {
            return Finding.left(BY_HTTPS);
        }
        return value.equals("on")
                ? Finding.carried("receivers' certificates are always checked")
                : Finding.changed("receivers' certificates are always checked: name who vouches for them in"
                        + " receivers.write.tls.ca_file");
    }
}
