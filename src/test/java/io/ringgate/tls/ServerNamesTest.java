package io.ringgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerNamesTest {

    private final ServerNames<String> names = new ServerNames<>("first");

    @BeforeEach
    void addNames() {
        names.add(List.of("write.example.com", "*.example.com"), "first");
        names.add(List.of("Deep.A.example.com", "*.b.example.com", "write.example.com"), "second");
    }

    @Test
    void an_exact_name_wins_over_a_wildcard_and_case_does_not_count() {
        assertThat(names.choose("DEEP.a.EXAMPLE.com")).isEqualTo("second");
    }

    @Test
    void a_wildcard_stands_for_exactly_one_label() {
        assertThat(names.choose("x.b.example.com")).isEqualTo("second");
        assertThat(names.choose("y.x.b.example.com")).isEqualTo("first");
        assertThat(names.choose("b.example.com")).isEqualTo("first");
    }

    @Test
    void the_earlier_certificate_wins_a_name_that_both_have() {
        assertThat(names.choose("write.example.com")).isEqualTo("first");
    }

    @Test
    void no_name_or_an_unknown_one_goes_to_the_first() {
        assertThat(names.choose(null)).isEqualTo("first");
        assertThat(names.choose("unknown.example.org")).isEqualTo("first");
        assertThat(names.choose(".b.example.com")).isEqualTo("first");
    }
}
