package io.ringgate.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.stream.Stream;
import org.slf4j.Logger;

/**
 * How the program logs, unless the operator has a file for logback: named by {@code logback.configurationFile}, or on the
 * classpath. A class instead of a file of our own, which costs every start an XML parser.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    /** System properties for commands that have no options for it. */
    static final String LEVEL = "ringgate.log.level";

    static final String FORMAT = "ringgate.log.format";

    /** As logback looks for it. */
    private static boolean isFileThere() {
        return System.getProperty("logback.configurationFile") != null
                || Stream.of("logback-test.xml", "logback.xml")
                        .anyMatch(name -> LogConfigurator.class.getResource("/" + name) != null);
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (isFileThere()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        QueuedAppender appender = new QueuedAppender(
                System.err, LogFormat.parse(System.getProperty(FORMAT, "text")).orElse(LogFormat.TEXT));
        appender.setContext(context);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        // While the gateway stops, a connection that comes too late is a warning with a trace each: nobody can act on
        // it.
        context.getLogger("io.netty.bootstrap.ServerBootstrap").setLevel(Level.ERROR);
        // Likewise when Vert.x closes a socket whose loop has ended before it: loops end at a stop only.
        context.getLogger("io.netty.util.concurrent.DefaultPromise.rejectedExecution")
                .setLevel(Level.OFF);
        LogSettings.level(
                context, LogLevel.parse(System.getProperty(LEVEL, "info")).orElse(LogLevel.INFO));
        Runtime.getRuntime().addShutdownHook(new Thread(context::stop, "log-stop"));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
