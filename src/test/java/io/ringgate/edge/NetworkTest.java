package io.ringgate.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    private static Address at(String text) {
        return Objects.requireNonNull(Address.parse(text), text);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.255, 10.0.0.255",
        "255.255.255.255, 255.255.255.255",
        "2001:db8:0:ffff::1, 2001:db8:0:ffff::/64",
        "2001:db8::1, 2001:db8::/64",
        "::1, 0::/64"
    })
    void a_source_is_an_address_or_the_network_of_a_household(String address, String text) {
        assertThat(at(address).source()).hasToString(text);
    }

    @Test
    void a_whole_64_is_one_source_and_the_next_another() {
        assertThat(at("2001:db8::1").source()).isEqualTo(at("2001:db8::ffff:1").source());
        assertThat(at("2001:db8::1").source())
                .isNotEqualTo(at("2001:db8:0:1::1").source());
    }

    @Test
    void an_ipv4_address_in_ipv6_is_the_same_address() {
        assertThat(at("::ffff:10.0.0.1")).isEqualTo(at("10.0.0.1"));
    }

    @Test
    void a_peer_without_an_address_is_in_no_network_and_is_one_source() {
        Address none = Address.of((SocketAddress) null);

        assertThat(none).isEqualTo(Address.NONE).isNotEqualTo(at("0.0.0.0")).hasToString("an unknown address");
        assertThat(none.source()).isEqualTo(Network.NOWHERE).hasToString("an unknown address");
        assertThat(none.isUnspecified()).isFalse();
        for (String network : List.of("0.0.0.0/0", "::/0", "0.0.0.0", "0.0.0.0/8")) {
            assertThat(Objects.requireNonNull(Network.parse(network)).contains(none))
                    .as(network)
                    .isFalse();
        }
        assertThat(Network.NOWHERE.contains(none)).isFalse();
        assertThat(Network.NOWHERE.contains(at("0.0.0.0"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, true", "::, true", "0.0.0.1, false", "::1, false", "10.0.0.0, false", "2001:db8::, false"})
    void an_address_of_zeros_says_that_none_is_known(String address, boolean unspecified) {
        assertThat(at(address).isUnspecified()).isEqualTo(unspecified);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
        "192.168.101.210, 192.168.101.210, 192.168.101.211",
        "192.168.101.208/31, 192.168.101.209, 192.168.101.210",
        "0.0.0.0/0, 255.255.255.255, ::1",
        "::/0, 2001:db8::1, 10.0.0.1",
        "2001:db8::/32, 2001:db8:ffff::1, 2001:db9::",
        "2001:db8::/65, 2001:db8::7fff:ffff:ffff:ffff, 2001:db8::8000:0:0:0",
        "2001:db8::1/128, 2001:db8::1, 2001:db8::2"
    })
    void a_network_holds_its_addresses_and_no_other(String network, String inside, String outside) {
        Network read = Objects.requireNonNull(Network.parse(network));

        assertThat(read.contains(at(inside))).isTrue();
        assertThat(read.contains(at(outside))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/08x",
                "10.0.0",
                "2001:db8::1/64",
                "2001:db8::/129",
                "receiver-0",
                "10.0.0.0/8/8"
            })
    void what_is_no_network(String text) {
        assertThat(Network.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 10.0.0.0/8", "10.0.0.1/32, 10.0.0.1", "2001:db8::/32, 2001:db8::/32", "::/0, 0::/0"})
    void it_is_shown_as_it_is_written(String written, String shown) {
        assertThat(Network.parse(written)).hasToString(shown);
    }
}
