package io.ringgate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The HTTP API of a Prometheus: its state and its stored series. */
public final class PrometheusApi {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A stored sample: its time in milliseconds. */
    public record Sample(long time, double value) {}

    /** A stored series with its raw samples; those of native histograms are not among them. */
    public record Series(Map<String, String> labels, List<Sample> samples) {}

    private final URI base;
    private final String parameters;

    PrometheusApi(URI base) {
        this(base, "");
    }

    private PrometheusApi(URI base, String parameters) {
        this.base = base;
        this.parameters = parameters;
    }

    /** The same server; the parameters, each after its {@code &}, are added to every query. */
    PrometheusApi with(String parameters) {
        return new PrometheusApi(base, parameters);
    }

    /** The raw samples of the last ten minutes of all series that the selector finds. */
    public List<Series> samples(String selector) throws IOException, InterruptedException {
        List<Series> all = new ArrayList<>();
        for (JsonNode result : query(selector + "[10m]")) {
            List<Sample> samples = new ArrayList<>();
            for (JsonNode pair : result.path("values")) {
                samples.add(new Sample(
                        Math.round(pair.get(0).asDouble() * 1000),
                        Double.parseDouble(pair.get(1).asText())));
            }
            all.add(new Series(labels(result.get("metric")), samples));
        }
        return all;
    }

    /** The result of an instant query as the API returns it. */
    public JsonNode query(String expression) throws IOException, InterruptedException {
        return data("/api/v1/query?query=" + encoded(expression) + parameters).get("result");
    }

    /** The values that the label has anywhere. */
    public List<String> labelValues(String label) throws IOException, InterruptedException {
        List<String> values = new ArrayList<>();
        data("/api/v1/label/" + label + "/values?" + parameters).forEach(value -> values.add(value.asText()));
        return values;
    }

    public JsonNode exemplars(String selector) throws IOException, InterruptedException {
        long now = System.currentTimeMillis() / 1000;
        return data(
                "/api/v1/query_exemplars?query=" + encoded(selector) + "&start=" + (now - 600) + "&end=" + (now + 60));
    }

    public ScrapedPage metrics() throws IOException, InterruptedException {
        return new ScrapedPage(get("/metrics").body());
    }

    boolean isReady() throws IOException, InterruptedException {
        return get("/-/ready").statusCode() == 200;
    }

    private JsonNode data(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body()).get("data");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, String> labels(JsonNode metric) {
        Map<String, String> labels = new TreeMap<>();
        metric.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
