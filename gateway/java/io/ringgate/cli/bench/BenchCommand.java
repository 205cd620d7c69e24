package io.ringgate.cli.bench;

import io.ringgate.cli.Subcommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ringgate bench}: the load generator and its sink. */
@Command(
        name = "bench",
        description = "Sends writes as fast as they are taken, or takes them as fast as they are sent.",
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
