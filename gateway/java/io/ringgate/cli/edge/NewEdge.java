package io.ringgate.cli.edge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An edge to add: everything but the name and the hash is as the operator wrote it, and is checked by the reader of
 * the file.
 *
 * @param hash of the secret that its agents get
 */
record NewEdge(
        String name,
        String tenant,
        Map<String, String> labels,
        List<String> sources,
        String user,
        String hash,
        @Nullable Instant notAfter,
        String note) {

    /** As an item of the list, each line behind the indent. Values are quoted whatever they are. */
    String yaml(String indent) {
        StringBuilder text = new StringBuilder();
        text.append(indent).append("- name: ").append(ours(name)).append('\n');
        String rest = "\n" + indent + "  ";
        StringBuilder lines = new StringBuilder("tenant: ").append(ours(tenant));
        if (!labels.isEmpty()) {
            lines.append(rest).append("labels:");
            labels.forEach((label, value) -> lines.append(rest)
                    .append("  ")
                    .append(ours(label))
                    .append(": ")
                    .append(ours(value)));
        }
        if (!sources.isEmpty()) {
            lines.append(rest)
                    .append("allowed_sources: [")
                    .append(String.join(
                            ", ", sources.stream().map(NewEdge::ours).toList()))
                    .append(']');
        }
        lines.append(rest).append("credentials:");
        lines.append(rest)
                .append("  - basic: { user: ")
                .append(ours(user))
                .append(", hash: ")
                .append(ours(hash))
                .append(" }");
        if (notAfter != null) {
            lines.append(rest).append("    not_after: ").append(ours(notAfter.toString()));
        }
        if (!note.isEmpty()) {
            lines.append(rest).append("    note: ").append(ours(note));
        }
        return text.append(indent).append("  ").append(lines).append('\n').toString();
    }

    /** For a file of ours, where a single dollar would begin a variable. */
    private static String ours(String text) {
        return quoted(text.replace("$", "$$"));
    }

    /** As YAML, in double quotes where it is not plain. */
    static String quoted(String text) {
        if (text.matches("[A-Za-z][A-Za-z0-9_-]*") && !text.matches("(?i)true|false|yes|no|on|off|null|y|n")) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(c);
                default -> {
                    if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                        quoted.append(String.format("\\u%04x", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
