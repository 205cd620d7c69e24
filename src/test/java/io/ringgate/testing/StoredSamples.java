package io.ringgate.testing;

import io.ringgate.testing.PrometheusApi.Sample;
import io.ringgate.testing.PrometheusApi.Series;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The samples that several receivers hold together. */
public final class StoredSamples {

    private final List<PrometheusApi> receivers;

    public StoredSamples(PrometheusProcess... receivers) {
        this(Stream.of(receivers).map(PrometheusProcess::api).toList());
    }

    private StoredSamples(List<PrometheusApi> receivers) {
        this.receivers = receivers;
    }

    /** The samples that a Query returns for the receivers behind it. */
    public static StoredSamples seenBy(PrometheusApi query) {
        return new StoredSamples(List.of(query));
    }

    /** The label sets of the series that the selector finds on any receiver, once there are as many as expected. */
    public Set<Map<String, String>> series(String selector, int expected) {
        return Eventually.see(expected + " series " + selector, () -> labels(selector), all -> all.size() >= expected);
    }

    private Set<Map<String, String>> labels(String selector) throws Exception {
        Set<Map<String, String>> all = new HashSet<>();
        for (PrometheusApi receiver : receivers) {
            receiver.samples(selector).stream().map(Series::labels).forEach(all::add);
        }
        return all;
    }

    /** The distinct samples of all series that the selector finds, over all receivers. */
    public Set<Sample> samples(String selector) throws Exception {
        Set<Sample> all = new HashSet<>();
        for (PrometheusApi receiver : receivers) {
            receiver.samples(selector).forEach(series -> all.addAll(series.samples()));
        }
        return all;
    }

    public Set<Double> values(String selector) throws Exception {
        return samples(selector).stream().map(Sample::value).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Waits until the counter's value, or a later one, is there. */
    public Set<Double> reaches(String counter, long value) {
        return Eventually.see(
                "value " + value + " of " + counter + " is stored",
                () -> values(counter),
                all -> all.stream().anyMatch(each -> each >= value));
    }

    /**
     * The values from 1 to {@code last} of a counter that counts its own scrapes which no receiver has, once
     * {@code last} or a later one is there. An agent writes a series in order, so whatever is absent then is lost, unless
     * the scrape itself failed.
     */
    public List<Long> gaps(String counter, long last) {
        Set<Double> values = reaches(counter, last);
        return LongStream.rangeClosed(1, last)
                .filter(value -> !values.contains((double) value))
                .boxed()
                .toList();
    }

    /** How many scrapes of the job failed by the agent's own {@code up}. */
    public long failedScrapes(String job) throws Exception {
        return samples("up{job=\"" + job + "\"}").stream()
                .filter(sample -> sample.value() == 0)
                .count();
    }
}
