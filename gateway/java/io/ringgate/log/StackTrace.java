package io.ringgate.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A throwable with its causes and suppressed ones as lines, of which there are at most {@link #MOST_LINES}. */
final class StackTrace {

    static final int MOST_LINES = 400;

    private StackTrace() {}

    static List<String> lines(IThrowableProxy throwable) {
        List<String> lines = new ArrayList<>();
        add(throwable, "", lines);
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        List<String> kept = new ArrayList<>(lines.subList(0, MOST_LINES));
        kept.add("... " + (lines.size() - MOST_LINES) + " more lines");
        return kept;
    }

    private static void add(@Nullable IThrowableProxy throwable, String prefix, List<String> lines) {
        if (throwable == null || lines.size() > MOST_LINES) {
            return;
        }
        String message = throwable.getMessage();
        lines.add(prefix + throwable.getClassName() + (message == null ? "" : ": " + LogEvent.cut(message)));
        StackTraceElementProxy[] frames = throwable.getStackTraceElementProxyArray();
        int common = throwable.getCommonFrames();
        for (int i = 0; i < frames.length - common; i++) {
            lines.add("  " + frames[i].getSTEAsString());
        }
        if (common > 0) {
            lines.add("  ... " + common + " more");
        }
        for (IThrowableProxy suppressed : throwable.getSuppressed()) {
            add(suppressed, "suppressed: ", lines);
        }
        if (!throwable.isCyclic()) {
            add(throwable.getCause(), "caused by: ", lines);
        }
    }
}
