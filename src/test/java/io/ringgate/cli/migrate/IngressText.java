package io.ringgate.cli.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ingresses and Secrets in namespace {@code m}, for tests. */
final class IngressText {

    static final String HASH = "$apr1$ringgat1$3Zh0Kb/OYDKn8OpDK12J5.";

    private IngressText() {}

    /** One with basic auth by Secret {@code SECRET}, a backend at 19291, and these lines of nginx's annotations. */
    static String of(String name, String service, String secret, String annotations) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: %s
                  namespace: m
                  annotations:
                    %s
                spec:
                  tls: [{secretName: t}]
                  rules:
                    - host: %s.example
                      http: {paths: [{path: /, backend: {service: {name: %s, port: {number: 19291}}}}]}
                """.formatted(
                        name,
                        ("auth-type: basic\nauth-secret: " + secret + "\n" + annotations)
                                .strip()
                                .replaceAll("(?m)^", "    " + Ingress.NGINX)
                                .strip(),
                        name,
                        service);
    }

    /** An annotation with directives of nginx, on one line. */
    static String snippet(String kind, String directives) {
        return kind + ": \""
                + directives.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** A Secret with these users, all with one hash. */
    static String secret(Path folder, String name, String... users) throws IOException {
        StringBuilder yaml = new StringBuilder(
                "kind: Secret\nmetadata: {name: " + name + ", namespace: m}\nstringData:\n  auth: |\n");
        for (String user : users) {
            yaml.append("    ").append(user).append(':').append(HASH).append('\n');
        }
        return Files.writeString(folder.resolve(name + ".yaml"), yaml).toString();
    }
}
