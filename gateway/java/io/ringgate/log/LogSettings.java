package io.ringgate.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.ringgate.metrics.Metrics;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Changes how the running program logs. The format and the count of lost lines belong to the appender of
 * {@link LogConfigurator}; where a logback file of the operator took its place, that file decides.
 */
public final class LogSettings {

    private static final String OURS = "io.ringgate";

    private LogSettings() {}

    public static void format(LogFormat format) {
        appender().ifPresent(appender -> appender.format(format));
    }

    public static void level(LogLevel level) {
        context().filter(context -> appender().isPresent()).ifPresent(context -> level(context, level));
    }

    static void level(LoggerContext context, LogLevel level) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level.libraries());
        context.getLogger(OURS).setLevel(level.ours());
    }

    /** From now on lines that are lost, because standard error takes no more, are counted there. */
    public static void countLost(Metrics metrics) {
        Metrics.Counter lost = metrics.counter("ringgate_log_lines_lost_total");
        appender().ifPresent(appender -> appender.onLoss(lost::increment));
    }

    private static Optional<LoggerContext> context() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                ? Optional.of(context)
                : Optional.empty();
    }

    private static Optional<QueuedAppender> appender() {
        return context()
                .map(context -> context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("log"))
                .filter(QueuedAppender.class::isInstance)
                .map(QueuedAppender.class::cast);
    }
}
