package io.ringgate.cli.edge;

import io.ringgate.cli.Subcommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ringgate edge}: who may write. */
@Command(name = "edge", description = "Adds edge clusters to edges.yaml.", subcommands = EdgeAddCommand.class)
public final class EdgeCommand implements Subcommand, Runnable {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "No command given");
    }
}
