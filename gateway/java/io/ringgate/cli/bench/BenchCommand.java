package io.ringgate.cli.bench;

import io.ringgate.cli.Subcommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ringgate bench}: the load generator and its sink. */
@Command(
        name = "bench",
        description = "Measures: `send` sends writes as fast as possible, `sink` answers them at once.",
        subcommands = {SendCommand.class, SinkCommand.class})
public final class BenchCommand implements Subcommand, Runnable {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "No command given");
    }
}
