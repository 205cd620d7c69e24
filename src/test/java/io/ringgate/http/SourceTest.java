package io.ringgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {

    static Source at(String address) {
        return Source.of(new InetSocketAddress(InetAddress.ofLiteral(address), 4711));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.255, 10.0.0.255",
        "255.255.255.255, 255.255.255.255",
        "2001:db8:0:ffff::1, 2001:db8:0:ffff::/64",
        "::1, 0:0:0:0::/64"
    })
    void is_shown_as_address_or_network(String address, String text) {
        assertThat(at(address)).hasToString(text);
    }

    @Test
    void a_whole_64_is_one_source_and_the_next_another() {
        assertThat(at("2001:db8::1")).isEqualTo(at("2001:db8::ffff:1"));
        assertThat(at("2001:db8::1")).isNotEqualTo(at("2001:db8:0:1::1"));
    }

    @Test
    void an_ipv4_address_in_ipv6_is_the_same_source() {
        assertThat(at("::ffff:10.0.0.1")).isEqualTo(at("10.0.0.1"));
    }

    @Test
    void a_peer_without_an_address_is_one_too() {
        assertThat(Source.of(null)).hasToString("0.0.0.0");
    }
}
