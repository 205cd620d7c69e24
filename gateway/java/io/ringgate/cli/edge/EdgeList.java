package io.ringgate.cli.edge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of edges.yaml, to which one more item is added at the end of its list. Everything else stays as it was written,
 * comments included. It works on lines, without parsing YAML: the caller parses the result and compares.
 */
record EdgeList(String text) {

    private static final String KEY = "edges:";

    /** Null where the list is not written as lines that begin with a dash. */
    @Nullable
    String with(NewEdge edge) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int key = key(lines);
        if (key < 0) {
            return null;
        }
        String behind = lines.get(key)
                .substring(KEY.length())
                .replaceFirst("\\s+#.*", "")
                .strip();
        if (behind.equals("[]")) {
            lines.set(key, KEY);
        } else if (!behind.isEmpty()) {
            return null;
        }
        String indent = "  ";
        boolean first = true;
        int last = key;
        for (int i = key + 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            if (line.stripLeading().startsWith("#")) {
                // One that stands further in than the items belongs to the last of them.
                last = !first && line.indexOf('#') > indent.length() ? i : last;
                continue;
            }
            if (!line.startsWith(" ") && !line.startsWith("- ")) {
                break;
            }
            if (first) {
                if (!line.stripLeading().startsWith("- ")) {
                    return null;
                }
                indent = line.substring(0, line.indexOf('-'));
                first = false;
            }
            last = i;
        }
        String item = edge.yaml(indent).stripTrailing();
        lines.add(last + 1, first ? item : "\n" + item);
        return String.join("\n", lines) + "\n";
    }

    private static int key(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(KEY)) {
                return i;
            }
        }
        return -1;
    }
}
