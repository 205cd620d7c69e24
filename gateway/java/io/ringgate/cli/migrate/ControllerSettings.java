package io.ringgate.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Settings of ingress-nginx for all Ingresses, in its ConfigMap or in the values of its chart, that concern the
 * destination of writes or who may write. Reported by their place without their value: snippets often hold credentials.
 */
final class ControllerSettings {

    private static final Pattern KEY = Pattern.compile(
            "(location|server|http|main|stream)-snippet|proxy-set-headers|global-auth-url|block-(cidrs|user-agents|referers)"
                    + "|(white|allow|deny)list-source-range");

    private ControllerSettings() {}

    /** The keys that lead to each. */
    static List<String> in(DocumentTree tree) {
        List<String> found = new ArrayList<>();
        tree.walk("", (path, key, value) -> {
            boolean setting = KEY.matcher(key).matches() && !value.text().isBlank();
            if (setting) {
                found.add(path);
            }
            return !setting && !key.equals("annotations");
        });
        return found;
    }

    /** What the report says of one. */
    static ReportLine line(String path, String where) {
        return ReportLine.of(
                path + ": (not shown) of " + where,
                Finding.decide(
                        "it holds for every Ingress of its controller, and is not read: look up what it does, and do it"
                                + " in edges.yaml or ringgate.yaml"));
    }
}
