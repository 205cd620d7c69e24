package io.ringgate.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Log-ins that a chart's values set up beside annotations. Each chart has its own form, so none is read, and what stands in
 * one is never shown.
 */
final class ChartLogins {

    private static final Pattern KEY =
            Pattern.compile("(?i)(.*basic[-_]?auth.*|auth|authentication|authorization|oauth2?|.*htpasswd.*)");
    private static final Set<String> OFF = Set.of("", "false", "none", "off", "null");

    /** What agents send, and what leads to reading. */
    private static final Pattern OF_OTHERS = Pattern.compile(
            "(?i).*(remote_?write|quer|grafana|bucket|alertmanager|frontend|ruler|compact|store|minio|objstore).*");

    private ChartLogins() {}

    /** The keys that lead to each, in their order; not within sections of an Ingress. */
    static List<String> in(DocumentTree tree, String path) {
        List<String> found = new ArrayList<>();
        tree.walk(path, (here, key, value) -> {
            boolean login = isOne(key, value);
            if (login) {
                found.add(here);
            }
            return !login && !key.equals("annotations") && !SectionReader.isSection(key, value);
        });
        return found;
    }

    /** True for one that is not switched off. */
    static boolean isOne(String key, DocumentTree value) {
        boolean plain = value.entries().isEmpty() && value.items().isEmpty();
        boolean off = plain
                ? OFF.contains(value.text())
                : GoBoolean.isFalse(value.at("enabled").text());
        return KEY.matcher(key).matches() && !off;
    }

    /** What the report says of one. */
    static ReportLine line(String path, String file) {
        return ReportLine.of(
                path + ": (not shown)" + (file.isEmpty() ? "" : " of " + file),
                OF_OTHERS.matcher(path).matches()
                        ? Finding.left(
                                "a login of something else than the way of writes; if it is what an agent writes with, see"
                                        + " that its user has an edge")
                        : Finding.decide(
                                "a login of the chart's own form, which is not read: give its users as a Secret by"
                                        + " `--secret`, or add an edge for each by `ringgate edge add`"));
    }
}
