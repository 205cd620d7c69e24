package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A no about a pattern must be true; a yes may be too careful. */
class PatternCharactersTest {

    private static final List<String> PIECES = List.of(
            "a",
            "-",
            "\\-",
            "\\.",
            ".",
            "[a-z]",
            "[^-]",
            "[^a]",
            "[a-]",
            "[-a]",
            "[+--]",
            "[]-]",
            "[^]-]",
            "[\\w-]",
            "\\w",
            "\\W",
            "\\D",
            "[^\\d-]",
            "\\x2d",
            "\\055",
            "\\Q-\\E",
            "\\pP",
            "[[:punct:]]",
            "[[:^alpha:]]",
            "(?:",
            "(",
            "(?i)",
            "(?P<n>",
            ")",
            "|",
            "*",
            "+",
            "?",
            "{2}",
            "^",
            "$",
            "\\b",
            "_",
            "[_.]",
            "[!-/]",
            "K",
            "(?i:k)",
            "[\\[-a]");

    private static final String ALPHABET = "aAkK-._1] \u212a";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a-z0-9]+",
                "[a-z][a-z0-9.]*",
                "(?:a|b)+",
                "(?P<x>[a-z]+)x?",
                "cluster\\.[0-9]{1,3}",
                "\\w+",
                "[^-]*",
                "[^a-]+",
                "(?i)[a-z]+",
                "\\d+|x",
                "^a+$",
                "[\\w.]+",
                "[!-,]+"
            })
    void a_dash_is_kept_out(String pattern) {
        assertThat(PatternCharacters.mayMatch(pattern, '-')).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a-z-]+",
                "[-a-z]+",
                ".*",
                "a-b",
                "a\\-b",
                "[^a]+",
                "\\W",
                "\\D+",
                "\\S",
                "\\x2d",
                "\\055",
                "\\Q-\\E",
                "\\PL",
                "[!-/]",
                "[[:punct:]]",
                "[\\W]",
                "[^\\w]",
                "(a|(b|-))",
                "[a-c-e]",
                "[^\\n]",
                "(?s).",
                "\\C"
            })
    void a_dash_may_be_in_a_value(String pattern) {
        assertThat(PatternCharacters.mayMatch(pattern, '-')).isTrue();
    }

    @Test
    void letters_count_in_both_cases_where_flags_say_so() {
        assertThat(PatternCharacters.mayMatch("[a-z]+", 'X')).isFalse();
        assertThat(PatternCharacters.mayMatch("(?i)[a-z]+", 'X')).isTrue();
        assertThat(PatternCharacters.mayMatch("(?i:[a-z]+)", 'X')).isTrue();
        assertThat(PatternCharacters.mayMatch("(?P<i>[a-z]+)", 'X')).isFalse();
    }

    @Test
    void no_value_that_a_pattern_matches_has_a_character_of_which_it_says_no() {
        long seed = 20_261_129L;
        SplittableRandom random = new SplittableRandom(seed);
        int matched = 0;
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(1, 5); pieces > 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            Pattern pattern = compiled(text.toString());
            for (int values = 0; pattern != null && values < 20; values++) {
                StringBuilder value = new StringBuilder();
                for (int length = random.nextInt(0, 4); length > 0; length--) {
                    value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                }
                if (pattern.matches(value.toString())) {
                    matched++;
                    assertThat(value.chars()
                                    .filter(c -> c < 0x80 && !PatternCharacters.mayMatch(text.toString(), (char) c)))
                            .as("%s matches \"%s\", seed %d", text, value, seed)
                            .filteredOn(c -> c > ' ')
                            .isEmpty();
                }
            }
        }
        assertThat(matched).isGreaterThan(10_000);
    }

    private static @Nullable Pattern compiled(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException none) {
            return null;
        }
    }
}
