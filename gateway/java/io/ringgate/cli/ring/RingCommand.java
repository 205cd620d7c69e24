package io.ringgate.cli.ring;

import io.ringgate.cli.Subcommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ringgate ring}: what a hashring file does, without a receiver. */
@Command(
        name = "ring",
        description = "Shows where Thanos places series: the rings of a hashring file.",
        subcommands = {RingPlaceCommand.class, RingShowCommand.class, RingDiffCommand.class})
public final class RingCommand implements Subcommand, Runnable {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "No command given");
    }
}
