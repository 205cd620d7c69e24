package io.ringgate.reject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {

    @Test
    void plain_text_stays() {
        assertThat(Quoted.of("out of order sample (a=1)")).isEqualTo("out of order sample (a=1)");
    }

    @Test
    void what_could_break_a_line_or_a_quote_is_escaped() {
        assertThat(Quoted.of("a\"b\\c\nd\re\u0000\u001b[31m")).isEqualTo("a\\\"b\\\\c\\nd\\x0de\\x00\\x1b[31m");
    }

    @Test
    void what_is_not_ascii_is_shown_as_bytes() {
        assertThat(Quoted.of("é")).isEqualTo("\\xc3\\xa9");
    }

    @Test
    void it_ends_after_200_bytes() {
        assertThat(Quoted.of("x".repeat(500))).hasSize(200).endsWith("...");
        assertThat(Quoted.of("é".repeat(500)).length()).isLessThanOrEqualTo(200);
    }
}
