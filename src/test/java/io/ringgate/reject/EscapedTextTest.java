package io.ringgate.reject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapedTextTest {

    @Test
    void plain_text_stays() {
        assertThat(EscapedText.of("out of order sample (a=1)")).isEqualTo("out of order sample (a=1)");
    }

    @Test
    void what_could_break_a_line_or_a_quote_is_escaped() {
        assertThat(EscapedText.of("a\"b\\c\nd\re\u0000\u001b[31m")).isEqualTo("a\\\"b\\\\c\\nd\\x0de\\x00\\x1b[31m");
    }

    @Test
    void what_is_not_ascii_is_shown_as_bytes() {
        assertThat(EscapedText.of("é")).isEqualTo("\\xc3\\xa9");
    }

    @Test
    void it_ends_after_200_bytes() {
        assertThat(EscapedText.of("x".repeat(500))).hasSize(200).endsWith("...");
        assertThat(EscapedText.of("é".repeat(500)).length()).isLessThanOrEqualTo(200);
    }
}
