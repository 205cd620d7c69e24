package io.ringgate.hashring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantGlobTest {

    @Test
    void every_answer_is_gos() {
        for (JsonNode recorded : Vectors.cases("glob.json")) {
            String expected = recorded.has("error")
                    ? "error"
                    : String.valueOf(recorded.get("match").booleanValue());

            assertThat(answer(
                            recorded.get("pattern").textValue(),
                            recorded.get("tenant").textValue()))
                    .as("%s", recorded)
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_pattern_that_cannot_be_read_speaks_as_thanos_does() {
        assertThatThrownBy(() -> TenantGlob.of("team-[a").matches("team-b"))
                .isInstanceOf(MalformedPattern.class)
                .hasMessage("error matching tenant pattern team-[a (tenant team-b): syntax error in pattern");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[a", "[]", "[a-]", "[-a]", "a\\", "x*[", "[^", "[^]", "[\\", "*a[b-"})
    void what_cannot_be_read_is_known_beforehand(String pattern) {
        assertThat(TenantGlob.of(pattern).isMalformed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "team-*", "[a-z]", "[^a-z]?", "\\[", "[\\]]", "a]", "{a,b}", "[[]", "[*]"})
    void what_can_be_read_is_known_beforehand(String pattern) {
        assertThat(TenantGlob.of(pattern).isMalformed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "[a-b]", "?", "aa[^c]"})
    void no_pattern_makes_a_name_expensive(String unit) {
        String pattern = ("*" + unit).repeat(2_000) + "c";
        String name = "a".repeat(20_000);

        Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> assertThat(answer(pattern, name)).isEqualTo("false"));
    }

    /** The reference tries every way a star can go; it has nothing else in common with the real one. */
    @Test
    void it_agrees_with_trying_every_way() {
        long seed = 20_261_121;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200_000; i++) {
            String pattern = draw(random, "ab*?/\\[]^-", 7);
            String name = draw(random, "ab/-", 6);
            TenantGlob glob = TenantGlob.of(pattern);
            if (!glob.isMalformed()) {
                assertThat(answer(pattern, name))
                        .as("pattern %s name %s seed %d", pattern, name, seed)
                        .isEqualTo(String.valueOf(anyWay(pattern, 0, name, 0)));
            }
        }
    }

    private static String draw(SplittableRandom random, String from, int most) {
        StringBuilder out = new StringBuilder();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            out.append(from.charAt(random.nextInt(from.length())));
        }
        return out.toString();
    }

    /** For ASCII patterns that can be read. */
    private static boolean anyWay(String pattern, int p, String name, int n) {
        if (p == pattern.length()) {
            return n == name.length();
        }
        boolean more = n < name.length();
        return switch (pattern.charAt(p)) {
            case '*' ->
                anyWay(pattern, p + 1, name, n) || (more && name.charAt(n) != '/' && anyWay(pattern, p, name, n + 1));
            case '?' -> more && name.charAt(n) != '/' && anyWay(pattern, p + 1, name, n + 1);
            case '\\' -> more && name.charAt(n) == pattern.charAt(p + 1) && anyWay(pattern, p + 2, name, n + 1);
            case '[' -> more && inClass(pattern, p, name, n);
            default -> more && name.charAt(n) == pattern.charAt(p) && anyWay(pattern, p + 1, name, n + 1);
        };
    }

    private static boolean inClass(String pattern, int open, String name, int n) {
        boolean negated = pattern.charAt(open + 1) == '^';
        int p = open + (negated ? 2 : 1);
        boolean found = false;
        do {
            p += pattern.charAt(p) == '\\' ? 1 : 0;
            char low = pattern.charAt(p++);
            char high = low;
            if (pattern.charAt(p) == '-') {
                p += pattern.charAt(p + 1) == '\\' ? 2 : 1;
                high = pattern.charAt(p++);
            }
            found |= low <= name.charAt(n) && name.charAt(n) <= high;
        } while (pattern.charAt(p) != ']');
        return found != negated && anyWay(pattern, p + 1, name, n + 1);
    }

    private static String answer(String pattern, String name) {
        try {
            return String.valueOf(TenantGlob.of(pattern).matches(name));
        } catch (MalformedPattern malformed) {
            return "error";
        }
    }
}
