package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.GatewayConfig;
import io.ringgate.config.IntrospectionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntrospectionConfigTest {

    private static final String EDGE =
            "edges: [{name: a, tenant: t, credentials: [{oauth2: {claims: {client_id: a}}}]}]\n";

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("s"), "secret\n");
        Files.writeString(folder.resolve("ca.pem"), "");
    }

    @Test
    void defaults() throws IOException {
        IntrospectionConfig taken = taken("url: https://idp.example/i, client_id: ringgate, client_secret_file: s");

        assertThat(taken.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(taken.maxConcurrent()).isEqualTo(16);
        assertThat(taken.cache()).isEqualTo(Duration.ofMinutes(1));
        assertThat(taken.issuer()).isEmpty();
        assertThat(taken.audiences()).isEmpty();
        assertThat(taken.caFile()).isNull();
    }

    @Test
    void nothing_is_default() throws IOException, ReflectiveOperationException {
        IntrospectionConfig full = taken("url: https://other.example/i, client_id: r, client_secret_file: ca.pem,"
                + " ca_file: ca.pem, timeout: 3s, max_concurrent: 8, cache: 30s, issuer: x, audiences: [y, z]");
        assertThat(full.audiences()).isEqualTo(List.of("y", "z"));

        ConfigFixture.assertNothingIsDefault(
                full, taken("url: https://idp.example/i, client_id: ringgate, client_secret_file: s"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            url: idp                            | url: the value is not a URL, write for example https://idp.example/oauth2/introspect
            url: ftp://idp/                     | url: the value is not a URL, write for example https://idp.example/oauth2/introspect
            url: https://u:p@idp/               | url: the value is not a URL, write for example https://idp.example/oauth2/introspect
            url: http://idp/                    | url: sends every token and the client's secret unencrypted, write https or add unsafe_plaintext: true
            unsafe_plaintext: true              | unsafe_plaintext: belongs to http, leave it out or write http in url
            `url: http://idp/, unsafe_plaintext: true, ca_file: ca.pem` | ca_file: belongs to https, write https in url or leave it out
            client_id: ""                       | client_id: "" is empty or has control characters, write it as the identity provider has it
            client_secret_file: absent          | client_secret_file: the file that it names does not exist, write the client's secret into it
            ca_file: absent                     | ca_file: absent does not exist, name the authority that signed the provider's certificate
            timeout: 99ms                       | timeout: 99ms is too short, write 100ms or more
            timeout: 11s                        | timeout: 11s is too long, write 10s or less
            max_concurrent: 0                   | max_concurrent: 0 is not a count of questions, write a number from 1 to 256
            cache: 61s                          | cache: 61s is too long, write 1m or less
            cache: 0                            | cache: 0 is too short, write 1s or more
            audiences: []                       | audiences: is empty, write those of which a token must name one, or leave the key out for any
            issuer: ""                          | issuer: the value is empty or has control characters, write it as the identity provider has it
            cach: 1s                            | cach: unknown key `cach`, did you mean `cache`?
            """)
    void bad_values(String line, String message) throws IOException {
        StringBuilder yaml = new StringBuilder(line);
        for (String usual : List.of("url: https://idp.example/i", "client_id: r", "client_secret_file: s")) {
            String key = usual.substring(0, usual.indexOf(':') + 1);
            yaml.append(line.startsWith(key) ? "" : ", " + usual);
        }

        assertThat(problems("introspection: {" + yaml + "}\n" + EDGE))
                .containsExactly("edges.yaml:1: introspection." + message);
    }

    @Test
    void what_must_be_said() throws IOException {
        assertThat(problems("introspection: {}\n" + EDGE))
                .containsExactly(
                        "edges.yaml:1: introspection.url: is missing, write the provider's introspection endpoint, for example https://idp.example/oauth2/introspect",
                        "edges.yaml:1: introspection.client_id: is missing, write the name of a client that may introspect tokens",
                        "edges.yaml:1: introspection.client_secret_file: is missing, write the path of a file that holds the client's secret");
    }

    @Test
    void tokens_and_who_is_asked_need_one_another() throws IOException {
        assertThat(problems(EDGE))
                .containsExactly(
                        "edges.yaml:1: edges[0].credentials[0].oauth2.claims: no identity provider is configured to check tokens, write introspection at the top of this file");
        assertThat(problems("introspection: {url: https://i/, client_id: r, client_secret_file: s}\nedges: []\n"))
                .contains(
                        "edges.yaml:1: warning: introspection: no edge has an oauth2 credential, so it is not used: write one, or leave this out");
    }

    @Test
    void claims_lead_to_one_edge() throws IOException {
        String yaml = """
                introspection: {url: https://i/, client_id: r, client_secret_file: s}
                edges:
                  - {name: a, tenant: t, credentials: [{oauth2: {claims: {x: 1, y: 2}}}]}
                  - {name: b, tenant: t, credentials: [{oauth2: {claims: {x: 1}}}, {oauth2: {claims: {/y: 2, /x: 1}}}]}
                """;

        assertThat(problems(yaml))
                .containsExactly(
                        "edges.yaml:4: edges[1].credentials[1].oauth2.claims: the same claims are named already in line 3, one token leads to one edge: write others");
    }

    @Test
    void sixteen_choices_of_claims_are_the_most() throws IOException {
        StringBuilder yaml =
                new StringBuilder("introspection: {url: https://i/, client_id: r, client_secret_file: s}\nedges:\n");
        for (int i = 0; i < 18; i++) {
            yaml.append("- {name: e" + i + ", tenant: t, credentials: [{oauth2: {claims: {c" + i + ": v}}}]}\n");
        }

        assertThat(problems(yaml.toString()))
                .containsExactly(
                        "edges.yaml:19: edges[16].credentials[0].oauth2.claims: are a further choice of claims after 16, use the same claims for more edges");
    }

    private List<String> problems(String edges) throws IOException {
        return new ConfigFixture(folder).edges(edges).problems();
    }

    private IntrospectionConfig taken(String introspection) throws IOException {
        ConfigFixture trial = new ConfigFixture(folder).edges("introspection: {" + introspection + "}\n" + EDGE);
        GatewayConfig config = Objects.requireNonNull(trial.load().config());
        return Objects.requireNonNull(config.identities().introspection());
    }
}
