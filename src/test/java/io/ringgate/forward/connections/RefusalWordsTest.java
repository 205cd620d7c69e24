package io.ringgate.forward.connections;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "snappy decode error: s2: corrupt input",
                "proto: illegal wireType 6",
                "label set contains duplicate label names",
                "invalid metric name or labels, got {__name__=\"a\"}",
                "out of order sample",
                "out of bounds: timestamp is too far in the future",
                "too old sample",
                "duplicate sample for timestamp",
                "write request too large",
                "too many timeseries",
                "histogram has a bucket whose observation count is negative",
                "received a series whose number of labels exceeds the limit. To adjust the related per-tenant limit, configure",
                "out of bounds for series {tenant=\"a\"}",
            })
    void about_the_write(String words) {
        assertThat(RefusalWords.of(400, words)).isEqualTo(RefusalWords.ABOUT_THE_WRITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unexpected EOF",
                "Bad Request",
                "upstream connect error or disconnect/reset before headers",
                "Payload Too Large",
                "cannot accept \"out of order sample\"",
                "cannot accept \"a \\\" out of order sample\"",
                "could not parse replica header",
            })
    void unknown(String words) {
        assertThat(RefusalWords.of(400, words)).isEqualTo(RefusalWords.UNKNOWN);
    }

    @Test
    void a_conflict_counts_whatever_failed_at_another_replica() {
        String both = "2 errors: add 1 samples: out of bounds; get tenant appendable: lock DB directory";

        assertThat(RefusalWords.of(409, both)).isEqualTo(RefusalWords.ABOUT_THE_WRITE);
        assertThat(RefusalWords.of(400, both)).isEqualTo(RefusalWords.ABOUT_THE_SETUP);
    }

    @Test
    void a_quoted_label_value_cannot_make_it_about_the_setup() {
        assertThat(RefusalWords.of(400, "out of bounds for series {a=\"tenant name not valid\"}"))
                .isEqualTo(RefusalWords.ABOUT_THE_WRITE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{10.0.0.7:10901 10.0.0.7:19391 }|{<address> <address> }",
                "addr: r-0.thanos.svc:10901, az: a|addr: <address>, az: a",
                "for endpoint r-0.thanos.svc:10901: out of order|for endpoint <address>: out of order",
                "to receiver-0:10901: conflict|to <address>: conflict",
                "rule job:5:sum of 2026-11-29T19:18:54Z|rule job:5:sum of 2026-11-29T19:18:54Z",
                "dial tcp [fd00::7]:10901: refused|dial tcp <address>: refused",
                "dial tcp 10.0.0.7: no route|dial tcp <address>: no route",
                "at 2026-11-29T19:18:54Z|at 2026-11-29T19:18:54Z",
                "add 3 samples: out of bounds|add 3 samples: out of bounds",
                "series {job:rate:5m}|series {job:rate:5m}",
                "version 1.2.3|version 1.2.3",
            })
    void addresses_are_masked(String words, String masked) {
        assertThat(AddressMask.in(words)).isEqualTo(masked);
    }
}
