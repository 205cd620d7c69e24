package io.ringgate.cli.migrate;

import io.ringgate.cli.Subcommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ringgate import}: from what stands in this place today. */
@Command(
        name = "import",
        description = "Makes a configuration from the one of another proxy.",
        subcommands = IngressCommand.class)
public final class ImportCommand implements Subcommand, Runnable {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "No command given");
    }
}
