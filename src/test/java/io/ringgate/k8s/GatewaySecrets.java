package io.ringgate.k8s;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.ringgate.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What stands in the Secrets of the gateway's pod: one password for all, and certificates for what cert-manager is asked for. */
final class GatewaySecrets implements PodFolder.Secrets {

    static final String PASSWORD = "open sesame";

    private final Manifests built;
    private final TestCertificates authority;

    GatewaySecrets(Manifests built, TestCertificates authority) {
        this.built = built;
        this.authority = authority;
    }

    @Override
    public Map<String, String> keys(String secret) throws IOException {
        return switch (secret) {
            case "thanos-receiver-auth" -> Map.of("auth", htpasswd(users()));
            case "ringgate-operators" -> Map.of("auth", htpasswd(List.of("prometheus")));
            default -> issued(secret);
        };
    }

    private List<String> users() {
        return Kustomize.yaml(built.one("ConfigMap", "ringgate-config")
                        .at("/data")
                        .path("edges.yaml")
                        .asText())
                .findValuesAsText("user");
    }

    private static String htpasswd(List<String> users) {
        StringBuilder lines = new StringBuilder();
        users.forEach(user -> lines.append(user)
                .append(':')
                .append(BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(10, PASSWORD.toCharArray()))
                .append('\n'));
        return lines.toString();
    }

    /** A certificate for what the Certificate of this Secret is to be good for. */
    private Map<String, String> issued(String secret) throws IOException {
        Manifest certificate = built.ofKind("Certificate").stream()
                .filter(each -> each.text("/spec/secretName").equals(secret))
                .findFirst()
                .orElseThrow();
        List<String> names = new ArrayList<>();
        certificate.list("/spec/dnsNames").forEach(name -> names.add("DNS:" + name.asText()));
        certificate.list("/spec/ipAddresses").forEach(address -> names.add("IP:" + address.asText()));
        authority.issue(secret, names.toArray(String[]::new));
        return Map.of(
                "tls.crt", Files.readString(authority.certificate(secret)),
                "tls.key", Files.readString(authority.key(secret)),
                "ca.crt", Files.readString(authority.ca()));
    }
}
