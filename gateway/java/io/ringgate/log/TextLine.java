package io.ringgate.log;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * An event for people:
 *
 * <pre>
 * 2026-11-30T03:12:07.512Z WARN  ReloadRunner reload refused unit=identities reason="edges.yaml:12: unknown key"
 * </pre>
 *
 * A throwable follows, one line a frame; each of these lines begins with a tab, which no event does.
 */
final class TextLine {

    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private TextLine() {}

    static String of(LogEvent event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(event.time(), line);
        line.append(' ')
                .append(event.level())
                .repeat(' ', Math.max(1, 6 - event.level().length()));
        line.append(
                event.logger(),
                event.logger().lastIndexOf('.') + 1,
                event.logger().length());
        line.append(' ');
        TextEscape.append(event.message(), line);
        for (LogEvent.Pair pair : event.pairs()) {
            line.append(' ').append(pair.key().replaceAll("[^\\w.-]", "_")).append('=');
            TextEscape.appendValue(String.valueOf(pair.value()), line);
        }
        line.append('\n');
        if (event.throwable() != null) {
            StackTrace.lines(event.throwable()).forEach(frame -> {
                line.append('\t');
                TextEscape.append(frame, line);
                line.append('\n');
            });
        }
        return line.toString();
    }
}
