package io.ringgate.forward.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.forward.Suitability;
import io.ringgate.hashring.FileHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a receiver's metrics page, and what follows from it. */
class MetricsPageReaderTest {

    private static final String PAGE = """
            # HELP go_threads Number of OS threads created.
            go_threads 12
            # TYPE thanos_build_info gauge
            thanos_build_info{branch="HEAD",goarch="amd64",goversion="go1.23.4",revision="a",tags="x",version="0.37.2"} 1
            # HELP thanos_receive_config_hash Hash of the currently loaded hashring configuration file.
            thanos_receive_config_hash 8.531164249223e+13
            # TYPE thanos_receive_replication_factor gauge
            thanos_receive_replication_factor 3
            """;

    private static final FileHash FILE = new FileHash(85_311_642_492_230L, 7);

    private static ReceiverFacts read(String page, int pieces) {
        MetricsPageReader reader = new MetricsPageReader();
        byte[] all = page.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < all.length; at += pieces) {
            if (reader.feed(Arrays.copyOfRange(all, at, Math.min(all.length, at + pieces)))) {
                break;
            }
        }
        return reader.facts();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 10_000})
    void facts_are_found_however_the_page_is_cut(int pieces) {
        assertThat(read(PAGE, pieces)).isEqualTo(new ReceiverFacts(3, 8.531164249223e+13, "0.37.2"));
    }

    @Test
    void nothing_is_read_after_the_last_fact() {
        byte[] page = (PAGE + "more").getBytes(StandardCharsets.UTF_8);

        assertThat(new MetricsPageReader().feed(page)).isTrue();
        assertThat(read(PAGE + "thanos_receive_replication_factor 7\n", 10_000).replicationFactor())
                .isEqualTo(3);
    }

    @Test
    void a_page_of_anything_else_has_no_facts() {
        assertThat(read("<html>thanos_receive_replication_factor 3</html>\n", 5))
                .isEqualTo(ReceiverFacts.NONE);
        assertThat(read("prometheus_build_info{version=\"3.0.0\"} 1\n", 5)).isEqualTo(ReceiverFacts.NONE);
        assertThat(read("thanos_receive_replication_factor many\n", 5)).isEqualTo(ReceiverFacts.NONE);
    }

    /** Long lines are passed over whole, whatever their tail looks like. */
    @Test
    void a_line_is_kept_in_part_only() {
        String filler = "t".repeat(600);

        assertThat(read(filler + "\nthanos_receive_replication_factor 2\n", 100).replicationFactor())
                .isEqualTo(2);
        assertThat(read(filler + "thanos_receive_replication_factor 2\n", 100)).isEqualTo(ReceiverFacts.NONE);
    }

    @Test
    void a_version_is_letters_digits_and_dots() {
        assertThat(read(PAGE.replace("0.37.2", "0.37\\n2"), 100).version()).isEmpty();
    }

    private static Suitability.Fit fit(int factor, @Nullable Double hash, int wanted) {
        return SuitabilityCheck.of(new ReceiverFacts(factor, hash, ""), new ExpectedRing(wanted, FILE))
                .fit();
    }

    @Test
    void receivers_that_store_as_often_as_configured_by_the_same_file_are_suitable() {
        assertThat(fit(3, 8.531164249223e+13, 3)).isEqualTo(Suitability.Fit.SUITABLE);
        assertThat(fit(3, 7.0, 3)).as("newer versions hash by SHA-256").isEqualTo(Suitability.Fit.SUITABLE);
        assertThat(fit(3, null, 3)).as("a ring in the flags").isEqualTo(Suitability.Fit.SUITABLE);
    }

    @Test
    void others_are_not() {
        assertThat(fit(1, null, 3)).isEqualTo(Suitability.Fit.REPLICATION_FACTOR);
        assertThat(fit(3, 7.0, 2)).isEqualTo(Suitability.Fit.REPLICATION_FACTOR);
        assertThat(fit(3, 8.0, 3)).isEqualTo(Suitability.Fit.OTHER_RING);
        assertThat(SuitabilityCheck.of(new ReceiverFacts(1, null, "0.37.2"), new ExpectedRing(3, FILE)))
                .isEqualTo(new Suitability(
                        Suitability.Fit.REPLICATION_FACTOR,
                        "it stores each write once, receivers.replication_factor is 3",
                        "0.37.2"));
    }

    @Test
    void where_no_file_is_configured_only_the_version_counts() {
        assertThat(SuitabilityCheck.of(new ReceiverFacts(1, null, "0.37.2"), null))
                .isEqualTo(new Suitability(Suitability.Fit.SUITABLE, "", "0.37.2"));
        assertThat(SuitabilityCheck.noReceiver("a page", null).fit()).isEqualTo(Suitability.Fit.UNKNOWN);
    }
}
