package io.ringgate.cli;

import io.ringgate.log.LogFormat;
import io.ringgate.log.LogLevel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * All commands, found as services so that this package imports none of them, and how any of them ends badly: a sentence
 * and an exit code, never a trace.
 */
@Command(
        name = "ringgate",
        description = "A remote-write gateway and auth proxy for Prometheus and Thanos.",
        scope = CommandLine.ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        usageHelpWidth = CommandTree.HELP_WIDTH)
final class CommandTree implements Runnable {

    /** Columns of a line of help, whatever the terminal has. */
    static final int HELP_WIDTH = 100;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandLine.Model.CommandSpec spec;

    private CommandTree() {}

    static CommandLine build() {
        CommandLine tree = new CommandLine(new CommandTree());
        ServiceLoader.load(Subcommand.class).forEach(tree::addSubcommand);
        return tree.registerConverter(Duration.class, DurationText::parse)
                .registerConverter(LogFormat.class, name -> oneOf(LogFormat.values(), LogFormat.parse(name), name))
                .registerConverter(LogLevel.class, name -> oneOf(LogLevel.values(), LogLevel.parse(name), name))
                .setParameterExceptionHandler(CommandTree::wrongCommandLine)
                .setExecutionExceptionHandler(CommandTree::failed);
    }

    private static <T> T oneOf(Object[] all, Optional<T> found, String name) {
        return found.orElseThrow(() -> new CommandLine.TypeConversionException("'" + name + "' is none of "
                + Stream.of(all).map(Object::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "No command given");
    }

    private static int wrongCommandLine(CommandLine.ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println("ringgate: " + wrong.getMessage() + ".");
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandFailure.WRONG;
    }

    private static int failed(Exception cause, CommandLine command, CommandLine.ParseResult parsed) {
        if (cause instanceof CommandFailure failure) {
            command.getErr().println("ringgate: " + failure.getMessage());
            return failure.exitCode();
        }
        if (cause instanceof FileSystemException fault) {
            command.getErr().println("ringgate: " + describe(fault));
            return CommandFailure.FAILED;
        }
        LoggerFactory.getLogger(CommandTree.class).atError().setCause(cause).log("a fault of Ringgate itself");
        command.getErr()
                .println("ringgate: this is a fault of Ringgate itself; please report it with the lines above.");
        return CommandFailure.FAILED;
    }

    /** Of what the operating system says of a file that no command looked at before. */
    private static String describe(FileSystemException fault) {
        String reason = switch (fault) {
            case NoSuchFileException _ -> "does not exist";
            case AccessDeniedException _ -> "may not be read or written by this user";
            case FileAlreadyExistsException _ -> "is there already";
            default -> "cannot be used: " + fault.getReason();
        };
        return String.valueOf(fault.getFile()).replaceAll("\\p{Cntrl}", "?") + " " + reason + ".";
    }
}
