package io.ringgate.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringgate help}: what {@code --help} prints, for a command of any depth. */
@Command(name = "help", description = "Shows the help of a command, for example: ringgate help ring show.")
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
public final class HelpCommand implements Subcommand, Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "The command. Without one: the list of all commands.")
    private List<String> path = List.of();

    @Override
    public Integer call() {
        CommandLine found = spec.root().commandLine();
        for (String name : path) {
            CommandLine next = found.getSubcommands().get(name);
            if (next == null) {
                throw CommandFailure.wrong("There is no command '" + String.join(" ", path) + "': "
                        + found.getCommandSpec().qualifiedName() + " has "
                        + (found.getSubcommands().isEmpty()
                                ? "none"
                                : String.join(", ", found.getSubcommands().keySet()))
                        + ".");
            }
            found = next;
        }
        found.usage(spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
