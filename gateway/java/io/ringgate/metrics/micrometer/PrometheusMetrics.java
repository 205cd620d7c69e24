package io.ringgate.metrics.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ringgate.metrics.Descriptions;
import io.ringgate.metrics.Metrics;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * Everything counted, on one page for Prometheus, together with the basics of the JVM under Micrometer's own names.
 * Durations are histograms with fixed buckets, so that quantiles can be taken over all replicas. A counter with a
 * {@code tenant} or {@code edge} label leaves the page after an hour without use. Any thread may do anything.
 */
public final class PrometheusMetrics implements Metrics, AutoCloseable {

    /** The media type of {@link #page}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Duration[] BUCKETS = LongStream.of(
                    1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** Labels whose values come and go with those who send. */
    private static final Set<String> OF_SENDERS = Set.of("tenant", "edge");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InfoMetrics infos = new InfoMetrics();
    private final TenantCounters tenants;
    private final JvmGcMetrics gc = new JvmGcMetrics();

    /** @param nanos a monotonic clock, as {@link System#nanoTime}; it decides when a tenant or an edge has been idle */
    public PrometheusMetrics(LongSupplier nanos) {
        registry.config().namingConvention(new ExactNames());
        registry.getPrometheusRegistry().register(infos);
        tenants = new TenantCounters(registry, nanos);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    @Override
    public Counter counter(String name, String... labels) {
        ExactNames.check(name, Meter.Type.COUNTER);
        Tags tags = Tags.of(labels);
        if (tags.stream().anyMatch(tag -> OF_SENDERS.contains(tag.getKey()))) {
            return tenants.counter(name, tags);
        }
        io.micrometer.core.instrument.Counter counter = io.micrometer.core.instrument.Counter.builder(name)
                .description(Descriptions.of(name))
                .tags(tags)
                .register(registry);
        return amount -> counter.increment((double) amount);
    }

    @Override
    public Timer timer(String name, String... labels) {
        ExactNames.check(name, Meter.Type.TIMER);
        io.micrometer.core.instrument.Timer timer = io.micrometer.core.instrument.Timer.builder(name)
                .description(Descriptions.of(name))
                .tags(labels)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A name that ends in {@code _info} always shows 1: its labels are what it says. */
    @Override
    public synchronized void gauge(String name, DoubleSupplier value, String... labels) {
        if (name.endsWith(InfoMetrics.SUFFIX)) {
            infos.add(name, labels);
            return;
        }
        ExactNames.check(name, Meter.Type.GAUGE);
        Gauge.Builder<DoubleSupplier> gauge = Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(Descriptions.of(name))
                .tags(labels)
                .strongReference(true);
        dropGauge(name, labels);
        gauge.register(registry);
    }

    @Override
    public synchronized void dropGauge(String name, String... labels) {
        drop(name, labels);
    }

    @Override
    public void drop(String name, String... labels) {
        // Micrometer tells instruments apart by name and labels alone, whatever their type.
        registry.remove(new Meter.Id(name, Tags.of(labels), null, null, Meter.Type.OTHER));
    }

    /** The page in Prometheus's text format. Walks every instrument: not for an event loop of the data path. */
    public String page() {
        tenants.sweep();
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
