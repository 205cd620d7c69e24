package io.ringgate.auth.basic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String pair(String header) {
        Credential credential = Objects.requireNonNull(Credential.parse(header), header);
        return credential.user() + "|" + new String(credential.password(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "BASIC ", "Basic   "})
    void the_scheme_may_have_any_case_and_several_blanks(String scheme) {
        assertThat(pair(scheme + "ZWRnZTpzZWNyZXQ=")).isEqualTo("edge|secret");
    }

    @Test
    void the_user_ends_at_the_first_colon() {
        assertThat(pair(basic("edge:se:cr:et"))).isEqualTo("edge|se:cr:et");
    }

    @Test
    void text_is_utf_8() {
        assertThat(pair(basic("Köln:密码"))).isEqualTo("Köln|密码");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic ",
                "Bearer ZWRnZTpzZWNyZXQ=",
                "BasicZWRnZTpzZWNyZXQ=",
                "Basic ZWRnZTpzZWNyZXQ",
                "Basic ZWRnZTpzZWNyZXQ= ",
                "Basic ZWRnZTpzZWNyZXQ=, realm=x",
                "Basic ZWRnZTpz ZWNyZXQ=",
                "Basic ====",
                "Basic ZWRnZTpzZWNyZXQ\u0141",
                "Basic ZWRnZQ==",
                "Basic OnNlY3JldA==",
                "Basic ZWRnZTr//w==",
                "Basic ZWRnZTrtoIA="
            })
    void anything_else_is_no_credential(String header) {
        assertThat(Credential.parse(header)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge:a\u0000b", "ed\nge:secret", "edge:secret\u007f"})
    void control_characters_are_refused(String pair) {
        assertThat(Credential.parse(basic(pair))).isNull();
    }

    @Test
    void lengths_are_bounded() {
        assertThat(Credential.parse(basic("edge:" + "a".repeat(1024)))).isNotNull();
        assertThat(Credential.parse(basic("edge:" + "a".repeat(1025)))).isNull();
        assertThat(Credential.parse(basic("a".repeat(256) + ":x"))).isNotNull();
        assertThat(Credential.parse(basic("a".repeat(257) + ":x"))).isNull();
        assertThat(Credential.parse(basic("a".repeat(256) + ":" + "b".repeat(1024))))
                .isNotNull();
    }

    @Test
    void any_bytes_are_read_or_refused_without_an_error() {
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            Credential credential =
                    Credential.parse("Basic " + Base64.getEncoder().encodeToString(bytes));
            if (credential != null) {
                String back = credential.user() + ":" + new String(credential.password(), StandardCharsets.UTF_8);
                assertThat(back.getBytes(StandardCharsets.UTF_8))
                        .as("seed %d", seed)
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void it_prints_nothing() {
        assertThat(Objects.requireNonNull(Credential.parse(basic("edge:secret"))))
                .hasToString("<credential>");
    }
}
