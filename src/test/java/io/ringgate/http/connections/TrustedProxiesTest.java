package io.ringgate.http.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Address;
import io.ringgate.edge.Network;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {

    private static final TrustedProxies PROXIES =
            new TrustedProxies(List.of(network("10.9.0.0/16"), network("fd00:9::/64")), false, true);

    private static Network network(String text) {
        return Objects.requireNonNull(Network.parse(text));
    }

    private static Address address(String text) {
        return Objects.requireNonNull(Address.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.1                                 | 192.0.2.1
            192.0.2.1, 10.9.0.7                       | 192.0.2.1
            192.0.2.1,10.9.0.7 ,\t10.9.3.4            | 192.0.2.1
            1.2.3.4, 192.0.2.1, 10.9.0.7              | 192.0.2.1
            rubbish, 192.0.2.1, 10.9.0.7              | 192.0.2.1
            10.9.0.8, 192.0.2.1                       | 192.0.2.1
            192.0.2.1:4711                            | 192.0.2.1
            2001:db8::1, fd00:9::2                    | 2001:db8::1
            [2001:db8::1]:4711                        | 2001:db8::1
            [2001:db8::1]                             | 2001:db8::1
            ::ffff:192.0.2.1                          | 192.0.2.1
            10.9.0.8, 10.9.0.7                        | 10.9.0.8
            """)
    void the_last_that_is_no_proxy_of_ours_is_the_client(String header, String client) {
        assertThat(PROXIES.client(header)).isEqualTo(address(client));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``
            unknown
            192.0.2.1, unknown
            192.0.2.1,
            192.0.2.1, , 10.9.0.7
            , 10.9.0.7
            192.0.2
            192.0.2.300
            192.0.2.1:
            192.0.2.1:123456
            [192.0.2.1
            example.org
            fe80::1%eth0
            "192.0.2.1"
            """)
    void anything_but_an_address_is_nobody(String header) {
        assertThat(PROXIES.client(header)).isNull();
    }

    @Test
    void only_who_is_named_is_believed_and_only_where_the_listener_says_so() {
        assertThat(PROXIES.trustsForwardedForOf(address("10.9.0.7"))).isTrue();
        assertThat(PROXIES.trustsForwardedForOf(address("192.0.2.1"))).isFalse();
        assertThat(new TrustedProxies(PROXIES.networks(), true, false).trustsForwardedForOf(address("10.9.0.7")))
                .isFalse();
        assertThat(new TrustedProxies(PROXIES.networks(), false, false).isProxy(address("10.9.0.7")))
                .isFalse();
    }
}
