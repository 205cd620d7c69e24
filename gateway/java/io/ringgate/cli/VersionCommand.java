package io.ringgate.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ringgate version}: what {@code --version} prints. */
@Command(name = "version", description = "Prints the version.")
@SuppressWarnings("NullAway.Init") // picocli sets every field before run()
public final class VersionCommand implements Subcommand, Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.root().commandLine().printVersionHelp(spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
    }
}
