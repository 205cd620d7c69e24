package io.ringgate.config.yaml;

import io.ringgate.config.IntrospectionConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The introspection provider: {@code introspection}. */
final class IntrospectionReader {

    private static final String EXAMPLE = "https://idp.example/oauth2/introspect";
    private static final int MOST_CONCURRENT = 256;

    private static final ValueKind<URI> URL = ValueKind.named("URL", text -> {
        try {
            URI url = new URI(text);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
                return url;
            }
        } catch (URISyntaxException broken) {
            // reported below
        }
        throw new InvalidValue("is not a URL, write for example " + EXAMPLE);
    });

    private static final ValueKind<String> WORD = text -> {
        if (text.isEmpty() || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidValue("is empty or has control characters, write it as the identity provider has it");
        }
        return text;
    };

    private IntrospectionReader() {}

    /** Null without a provider, and where its settings are incomplete. */
    static @Nullable IntrospectionConfig read(Section section) {
        URI url = section.require("url", URL, "write the provider's introspection endpoint, for example " + EXAMPLE);
        String clientId = section.require("client_id", WORD, "write the name of a client that may introspect tokens");
        section.missing("client_secret_file", "write the path of a file that holds the client's secret");
        Path secret = NamedFile.optional(section, "client_secret_file", "write the client's secret into it");
        Path caFile =
                NamedFile.optional(section, "ca_file", "name the authority that signed the provider's certificate");
        boolean plaintext = section.read("unsafe_plaintext", ValueKind.FLAG, false);
        if (url != null) {
            checkScheme(section, url, plaintext);
        }
        Duration timeout = section.read(
                "timeout",
                new DurationKind(Duration.ofMillis(100), Duration.ofSeconds(10)),
                IntrospectionConfig.DEFAULT_TIMEOUT);
        int maxConcurrent = section.read(
                "max_concurrent",
                ValueKind.number("a count of questions", 1, MOST_CONCURRENT),
                IntrospectionConfig.DEFAULT_MAX_CONCURRENT);
        Duration cache = section.read(
                "cache",
                new DurationKind(Duration.ofSeconds(1), Duration.ofMinutes(1)),
                IntrospectionConfig.DEFAULT_CACHE);
        String issuer = section.read("issuer", WORD, "");
        List<String> audiences = audiences(section);
        section.end();
        return url == null || clientId == null || secret == null
                ? null
                : new IntrospectionConfig(
                        url, clientId, secret, caFile, timeout, maxConcurrent, cache, issuer, audiences);
    }

    private static void checkScheme(Section section, URI url, boolean plaintext) {
        boolean http = "http".equals(url.getScheme());
        if (http && !plaintext) {
            section.error(
                    "url",
                    "sends every token and the client's secret unencrypted, write https or add unsafe_plaintext: true");
        } else if (!http && plaintext) {
            section.error("unsafe_plaintext", "belongs to http, leave it out or write http in url");
        }
        if (http && section.has("ca_file")) {
            section.error("ca_file", "belongs to https, write https in url or leave it out");
        }
    }

    private static List<String> audiences(Section section) {
        if (section.emptyList("audiences")) {
            section.error(
                    "audiences", "is empty, write those of which a token must name one, or leave the key out for any");
        }
        return section.list("audiences", WORD).stream().map(LocatedValue::value).toList();
    }
}
