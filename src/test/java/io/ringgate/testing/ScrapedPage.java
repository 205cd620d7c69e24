package io.ringgate.testing;

import java.util.ArrayList;
import java.util.List;

/** A page in Prometheus's text format. Label values without blanks and quotes are enough for the tests. */
public final class ScrapedPage {

    private record Line(String name, String labels, double value) {}

    private final List<Line> lines = new ArrayList<>();

    public ScrapedPage(String text) {
        text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
            int end = line.contains("}") ? line.lastIndexOf('}') + 1 : line.indexOf(' ');
            int brace = line.indexOf('{');
            int nameEnd = brace < 0 ? end : brace;
            String value = line.substring(end).strip().split(" ", 2)[0];
            lines.add(new Line(line.substring(0, nameEnd), line.substring(nameEnd, end), number(value)));
        });
    }

    /** The sum over all series of the metric that carry all the labels, each as {@code name="value"}. */
    public double sum(String metric, String... labels) {
        return lines.stream()
                .filter(line -> line.name.equals(metric))
                .filter(line -> List.of(labels).stream().allMatch(line.labels::contains))
                .mapToDouble(Line::value)
                .sum();
    }

    /** True when the page has a series of the metric, also of value zero. */
    public boolean has(String metric) {
        return lines.stream().anyMatch(line -> line.name.equals(metric));
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
