package io.ringgate.metrics.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.metrics.Metrics;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusMetricsTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong now = new AtomicLong(17);
    private final PrometheusMetrics metrics = new PrometheusMetrics(now::get);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void a_counter_is_on_the_page_under_exactly_its_name() {
        Metrics.Counter counter = metrics.counter("ringgate_refused_writes_total", "reason", "too_large");

        counter.add(3);

        assertThat(lines("ringgate_refused"))
                .containsExactly("ringgate_refused_writes_total{reason=\"too_large\"} 3.0");
    }

    @Test
    void asking_twice_for_a_counter_counts_on_the_same_one() {
        metrics.counter("ringgate_seen_total", "a", "1", "b", "2").increment();

        metrics.counter("ringgate_seen_total", "b", "2", "a", "1").increment();

        assertThat(lines("ringgate_seen")).containsExactly("ringgate_seen_total{a=\"1\",b=\"2\"} 2.0");
    }

    @Test
    void a_timer_is_a_histogram_in_seconds_from_one_millisecond_to_thirty_seconds() {
        Metrics.Timer timer = metrics.timer("ringgate_write_duration_seconds", "path", "receive");

        timer.record(TimeUnit.MILLISECONDS.toNanos(40));

        assertThat(lines("ringgate_write_duration"))
                .contains(
                        "ringgate_write_duration_seconds_bucket{path=\"receive\",le=\"0.001\"} 0",
                        "ringgate_write_duration_seconds_bucket{path=\"receive\",le=\"0.025\"} 0",
                        "ringgate_write_duration_seconds_bucket{path=\"receive\",le=\"0.05\"} 1",
                        "ringgate_write_duration_seconds_bucket{path=\"receive\",le=\"30.0\"} 1",
                        "ringgate_write_duration_seconds_bucket{path=\"receive\",le=\"+Inf\"} 1",
                        "ringgate_write_duration_seconds_count{path=\"receive\"} 1",
                        "ringgate_write_duration_seconds_sum{path=\"receive\"} 0.04")
                .filteredOn(line -> line.contains("_bucket"))
                .hasSize(15);
    }

    @Test
    void a_gauge_is_read_when_the_page_is() {
        AtomicLong held = new AtomicLong(1);
        metrics.gauge("ringgate_memory_held_bytes", held::get);

        held.set(42);

        assertThat(lines("ringgate_memory")).containsExactly("ringgate_memory_held_bytes 42.0");
    }

    @Test
    void a_second_gauge_of_the_same_name_and_labels_replaces_the_first() {
        metrics.gauge("ringgate_edge_connections", () -> 1, "edge", "a");
        metrics.gauge("ringgate_edge_connections", () -> 2, "edge", "b");

        metrics.gauge("ringgate_edge_connections", () -> 7, "edge", "a");

        assertThat(lines("ringgate_edge"))
                .containsExactlyInAnyOrder(
                        "ringgate_edge_connections{edge=\"a\"} 7.0", "ringgate_edge_connections{edge=\"b\"} 2.0");
    }

    @Test
    void a_dropped_gauge_leaves_the_page_and_the_others_stay() {
        metrics.gauge("ringgate_edge_connections", () -> 1, "edge", "a");
        metrics.gauge("ringgate_edge_connections", () -> 2, "edge", "b");

        metrics.dropGauge("ringgate_edge_connections", "edge", "a");
        metrics.dropGauge("ringgate_edge_connections", "edge", "never there");

        assertThat(lines("ringgate_edge")).containsExactly("ringgate_edge_connections{edge=\"b\"} 2.0");
    }

    @Test
    void a_dropped_counter_or_timer_leaves_the_page_and_begins_again_when_it_is_asked_for() {
        metrics.counter("ringgate_seen_total", "receiver", "a").add(3);
        metrics.counter("ringgate_seen_total", "receiver", "b").add(5);
        metrics.timer("ringgate_attempt_seconds", "receiver", "a").record(1);

        metrics.drop("ringgate_seen_total", "receiver", "a");
        metrics.drop("ringgate_attempt_seconds", "receiver", "a");
        metrics.drop("ringgate_seen_total", "receiver", "never there");

        assertThat(lines("ringgate_")).containsExactly("ringgate_seen_total{receiver=\"b\"} 5.0");
        metrics.counter("ringgate_seen_total", "receiver", "a").increment();
        assertThat(lines("ringgate_seen")).contains("ringgate_seen_total{receiver=\"a\"} 1.0");
    }

    @Test
    void what_a_metric_means_stands_before_it() {
        metrics.counter("ringgate_access_log_dropped_total");
        metrics.counter("ringgate_accepted_writes_total", "tenant", "acme");
        metrics.timer("ringgate_write_duration_seconds");
        metrics.gauge("ringgate_connections", () -> 1);
        metrics.gauge("ringgate_build_info", () -> 1, "version", "1.2");

        assertThat(metrics.page())
                .contains(
                        "# HELP ringgate_access_log_dropped_total Lines of the access log",
                        "# HELP ringgate_accepted_writes_total Writes that receivers acknowledged.",
                        "# HELP ringgate_write_duration_seconds Time from the first byte of a stored write",
                        "# HELP ringgate_connections Connections of clients that are open.",
                        "# HELP ringgate_build_info Constant 1");
    }

    @Test
    void a_gauge_may_be_an_info() {
        metrics.gauge("ringgate_build_info", () -> 1, "version", "1.2");

        assertThat(lines("ringgate_build")).containsExactly("ringgate_build_info{version=\"1.2\"} 1");
    }

    @Test
    void the_page_tells_the_basics_of_the_process() {
        assertThat(metrics.page())
                .contains(
                        "jvm_memory_used_bytes{area=\"heap\"",
                        "jvm_buffer_memory_used_bytes{id=\"direct\"",
                        "jvm_gc_memory_allocated_bytes_total",
                        "jvm_threads_live_threads",
                        "process_start_time_seconds",
                        "process_cpu_usage",
                        "process_files_open_files");
    }

    @Test
    void a_tenants_counter_leaves_the_page_an_hour_after_its_last_use() {
        Metrics.Counter counter = metrics.counter("ringgate_samples_total", "tenant", "acme");
        now.addAndGet(30 * MINUTE);
        counter.add(5);

        now.addAndGet(59 * MINUTE);
        List<String> before = lines("ringgate_samples");
        now.addAndGet(MINUTE);

        assertThat(before).containsExactly("ringgate_samples_total{tenant=\"acme\"} 5.0");
        assertThat(lines("ringgate_samples")).isEmpty();
    }

    @Test
    void a_later_add_brings_it_back_from_zero_through_the_same_object() {
        Metrics.Counter counter = metrics.counter("ringgate_samples_total", "tenant", "acme");
        counter.add(5);
        now.addAndGet(61 * MINUTE);
        assertThat(lines("ringgate_samples")).isEmpty();

        counter.add(2);

        assertThat(lines("ringgate_samples")).containsExactly("ringgate_samples_total{tenant=\"acme\"} 2.0");
    }

    @Test
    void an_old_and_a_new_holder_count_together_after_an_idle_hour() {
        Metrics.Counter old = metrics.counter("ringgate_samples_total", "tenant", "acme");
        now.addAndGet(61 * MINUTE);
        metrics.page();
        Metrics.Counter recent = metrics.counter("ringgate_samples_total", "tenant", "acme");

        recent.increment();
        old.increment();
        now.addAndGet(50 * MINUTE);
        old.increment();
        now.addAndGet(50 * MINUTE);

        assertThat(lines("ringgate_samples")).containsExactly("ringgate_samples_total{tenant=\"acme\"} 3.0");
    }

    @Test
    void idle_tenants_go_without_anybody_reading_the_page() {
        metrics.counter("ringgate_samples_total", "tenant", "gone").increment();
        now.addAndGet(61 * MINUTE);

        Metrics.Counter other = metrics.counter("ringgate_samples_total", "tenant", "here");
        now.addAndGet(-61 * MINUTE);

        other.increment();
        assertThat(lines("ringgate_samples")).containsExactly("ringgate_samples_total{tenant=\"here\"} 1.0");
    }

    @Test
    void a_counter_without_tenant_stays() {
        metrics.counter("ringgate_reloads_total").increment();

        now.addAndGet(600 * MINUTE);

        assertThat(lines("ringgate_reloads")).containsExactly("ringgate_reloads_total 1.0");
    }

    @Test
    void no_add_is_lost_while_the_page_is_read() throws Exception {
        Metrics.Counter counter = metrics.counter("ringgate_samples_total", "tenant", "busy");
        CountDownLatch done = new CountDownLatch(2);
        IntStream.range(0, 2)
                .forEach(i -> Thread.ofPlatform().start(() -> {
                    for (int n = 0; n < 50_000; n++) {
                        counter.increment();
                    }
                    done.countDown();
                }));

        while (done.getCount() > 0) {
            metrics.page();
        }

        assertThat(lines("ringgate_samples")).containsExactly("ringgate_samples_total{tenant=\"busy\"} 100000.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ringgate_refused", "ringgate_Refused_total", "_total", "ringgate.refused_total"})
    void a_counter_whose_name_the_page_could_not_show_is_refused(String name) {
        assertThatThrownBy(() -> metrics.counter(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ringgate_held_total", "ringgate_held_bucket", "ringgate_held_created"})
    void a_gauge_whose_name_would_break_the_page_is_refused(String name) {
        assertThatThrownBy(() -> metrics.gauge(name, () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    private List<String> lines(String prefix) {
        return metrics.page()
                .lines()
                .filter(line -> line.startsWith(prefix) && !line.contains("_max"))
                .toList();
    }
}
