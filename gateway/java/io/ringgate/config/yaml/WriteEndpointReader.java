package io.ringgate.config.yaml;

import io.ringgate.config.ClientTlsConfig;
import io.ringgate.config.HostPort;
import io.ringgate.config.WriteEndpoint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a write to a receiver looks like: {@code receivers.write}. */
final class WriteEndpointReader {

    private static final Pattern PATH = Pattern.compile("/[!$&-.0-;=@A-Z_a-z~%/]{0,255}");

    private static final ValueKind<String> SERVER_NAME = text -> {
        if (!HostPort.isHost(text)) {
            throw new InvalidValue("is not a host name, write the name that is in the receivers' certificate");
        }
        return text;
    };

    private WriteEndpointReader() {}

    static WriteEndpoint read(Section section) {
        boolean https = section.read("scheme", ValueKind.word(schemes()), false);
        int port = section.read("port", ValueKind.number("a port", 1, 65_535), WriteEndpoint.DEFAULT_PORT);
        String path = section.read("path", path(WriteEndpoint.DEFAULT_PATH), WriteEndpoint.DEFAULT_PATH);
        ClientTlsConfig tls = tls(section.section("tls"));
        if (section.has("tls") && !https) {
            section.error("tls", "belongs to https, write scheme: https or leave tls out");
        }
        section.end();
        return new WriteEndpoint(port, path, https ? tls : null);
    }

    static ValueKind<String> path(String example) {
        return text -> {
            if (!PATH.matcher(text).matches()) {
                throw new InvalidValue("is not a path, write for example " + example);
            }
            return text;
        };
    }

    /** True for https. */
    static Map<String, Boolean> schemes() {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("http", false);
        words.put("https", true);
        return words;
    }

    private static ClientTlsConfig tls(Section section) {
        @Nullable
        Path caFile =
                NamedFile.optional(section, "ca_file", "name the authority that signed the receivers' certificates");
        @Nullable String serverName = section.find("server_name", SERVER_NAME);
        section.end();
        return new ClientTlsConfig(caFile, serverName);
    }
}
