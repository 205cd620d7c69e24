package io.ringgate.cli.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Prometheus's text format, read for its counters. */
final class MetricsPage {

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final List<Point> points = new ArrayList<>();

    private record Point(String name, Map<String, String> labels, double value) {}

    static MetricsPage parse(String text) {
        MetricsPage page = new MetricsPage();
        text.lines().filter(line -> !line.startsWith("#")).forEach(page::add);
        return page;
    }

    private void add(String line) {
        Matcher point = LINE.matcher(line);
        if (!point.matches()) {
            return;
        }
        Map<String, String> labels = new HashMap<>();
        if (point.group(2) != null) {
            Matcher label = LABEL.matcher(point.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        points.add(new Point(point.group(1), labels, Double.parseDouble(point.group(3))));
    }

    /** The sums of {@code name} for each value of {@code label}, without those that are 0. */
    Map<String, Long> by(String label, String name) {
        Map<String, Long> sums = new TreeMap<>();
        for (Point point : points) {
            String value = point.labels.get(label);
            if (point.name.equals(name) && value != null && point.value > 0) {
                sums.merge(value, Math.round(point.value), Long::sum);
            }
        }
        return sums;
    }
}
