package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the operator makes of an entry of {@code remoteWrite}: an entry of {@code remote_write} in Prometheus's own words, with
 * each key of a Secret as a file. A key that is not known here fails.
 */
final class RemoteWriteBlock {

    private static final Pattern CAPITAL = Pattern.compile("([A-Z])");
    private static final Map<String, String> RENAMED = Map.of("retryOnRateLimit", "retry_on_http_429");

    private final Path secrets;
    private final StringBuilder yaml = new StringBuilder();

    private RemoteWriteBlock(Path secrets) {
        this.secrets = secrets;
    }

    /** As YAML, with the URL's host and port replaced: nothing leaves this machine. */
    static String of(Edge.Remote remote, String authority, Path secrets) {
        RemoteWriteBlock block = new RemoteWriteBlock(secrets);
        block.yaml
                .append("  - url: https://")
                .append(authority)
                .append(remote.path())
                .append('\n');
        remote.spec().properties().stream()
                .filter(entry -> !entry.getKey().equals("url"))
                .forEach(entry -> block.line("    ", entry.getKey(), entry.getValue()));
        return block.yaml.toString();
    }

    private void line(String indent, String key, JsonNode value) {
        switch (key) {
            case "name", "remoteTimeout" -> scalar(indent, snake(key), value.asText());
            case "basicAuth" -> {
                yaml.append(indent).append("basic_auth:\n");
                // The operator writes the user's name itself, which is no secret.
                scalar(indent + "  ", "username", "edge");
                scalar(indent + "  ", "password_file", file(value.path("password")));
            }
            case "oauth2" -> {
                yaml.append(indent).append("oauth2:\n");
                scalar(indent + "  ", "client_id", "edge");
                scalar(indent + "  ", "client_secret_file", file(value.path("clientSecret")));
                scalar(indent + "  ", "token_url", value.path("tokenUrl").asText());
            }
            case "tlsConfig" -> {
                yaml.append(indent).append("tls_config:\n");
                scalar(indent + "  ", "ca_file", authority(value));
            }
            case "queueConfig" -> {
                yaml.append(indent).append("queue_config:\n");
                value.properties()
                        .forEach(entry -> scalar(
                                indent + "  ",
                                RENAMED.getOrDefault(entry.getKey(), snake(entry.getKey())),
                                entry.getValue().asText()));
            }
            default -> throw new AssertionError("remoteWrite has " + key + ", which is not known here");
        }
    }

    private String authority(JsonNode tls) {
        if (tls.size() != 1) {
            throw new AssertionError("tlsConfig has more than an authority: " + tls);
        }
        if (tls.has("caFile")) {
            return secrets.resolve(Edge.mounted(tls.path("caFile").asText()).replace('/', '-'))
                    .toString();
        }
        return file(tls.at("/ca/secret"));
    }

    private String file(JsonNode key) {
        return secrets.resolve(key.path("name").asText() + "-" + key.path("key").asText())
                .toString();
    }

    private void scalar(String indent, String key, String value) {
        yaml.append(indent).append(key).append(": ").append(value).append('\n');
    }

    private static String snake(String camel) {
        return CAPITAL.matcher(camel).replaceAll(found -> "_" + found.group(1).toLowerCase(Locale.ROOT));
    }
}
