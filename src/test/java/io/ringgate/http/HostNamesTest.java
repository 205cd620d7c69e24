package io.ringgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    private static final HostNames NAMES =
            HostNames.of(List.of("receive.example", "*.Edge.example.", "10.0.0.5", "2001:db8::1"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "receive.example",
                "Receive.EXAMPLE",
                "receive.example.",
                "receive.example:443",
                "receive.example.:19291",
                "receive.example:",
                "a.edge.example",
                "10.0.0.5",
                "10.0.0.5:80",
                "[2001:db8::1]",
                "[2001:DB8:0::0:1]:443"
            })
    void port_case_and_last_dot_make_no_difference(String header) {
        assertThat(NAMES.accept(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other.example",
                "receive.example.com",
                "xreceive.example",
                "edge.example",
                "a.b.edge.example",
                ".edge.example",
                "10.0.0.50",
                "[2001:db8::2]",
                "[2001:db8::1",
                "[2001:db8::1]x",
                "2001:db8::1",
                "receive.example:x",
                "receive.example:443:443",
                "",
                ":443",
                "[]"
            })
    void another_name_is_another_name(String header) {
        assertThat(NAMES.accept(header)).isFalse();
    }

    @Test
    void no_name_is_none_of_several() {
        assertThat(NAMES.accept(null)).isFalse();
    }

    @Test
    void any_takes_what_it_gets() {
        assertThat(HostNames.any().accept(null)).isTrue();
        assertThat(HostNames.any().accept("[x")).isTrue();
    }

    @Test
    void a_wildcard_is_covered_by_the_same_wildcard_only() {
        assertThat(NAMES.covers("*.edge.example")).isTrue();
        assertThat(NAMES.covers("*.example")).isFalse();
        assertThat(HostNames.of(List.of("a.edge.example")).covers("*.edge.example"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a.example:80, a.example",
        "A.example, A.example",
        "10.0.0.5:80, 10.0.0.5",
        "'[::1]:80', '[::1]'",
        "a_b.example, a_b.example",
        "a b,",
        "a/b,",
        "'',",
        "a%2e,",
        "'[fe80::1%25eth0]',",
        "(x),",
        "'[a.example]',",
        "::1,"
    })
    void the_host_of_a_header_is_taken_only_when_it_is_one(String header, String host) {
        assertThat(HostNames.host(header)).isEqualTo(host);
    }
}
