package io.ringgate.cli;

import io.ringgate.config.GatewayConfig;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.reload.ReloadPlan;
import io.ringgate.reload.folder.ConfigFolder;
import io.ringgate.reload.folder.FolderDiff;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringgate diff}: what a reload would do when one configuration took another's place. */
@Command(
        name = "diff",
        description = {
            "Shows what a reload from OLD to NEW would change, and which changes would wait for force.",
            "Exit codes: 0 no change, 1 changes, 2 a configuration cannot be loaded."
        })
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
public final class DiffCommand implements Subcommand, Callable<Integer> {

    private static final int DIFFERENT = 1;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "OLD", description = "The old configuration: its folder or its ringgate.yaml.")
    private Path old;

    @Parameters(paramLabel = "NEW", description = "The new configuration: its folder or its ringgate.yaml.")
    private Path next;

    @Override
    public Integer call() {
        ReloadPlan plan = FolderDiff.between(side(old), side(next), Instant.now());
        spec.commandLine().getOut().print(plan.text());
        spec.commandLine().getOut().flush();
        return plan.isEmpty() ? 0 : DIFFERENT;
    }

    /** Secrets may be absent: in Git they are. */
    private ConfigFolder side(Path named) {
        Path file = Files.isDirectory(named) ? named.resolve("ringgate.yaml") : named;
        LoadResult loaded = new ConfigLoader(file, Strictness.LENIENT, System::getenv).load();
        GatewayConfig config = loaded.config();
        if (config == null) {
            spec.commandLine().getErr().println(loaded.problems());
            throw CommandFailure.wrong(file + " is refused, see above.");
        }
        return new ConfigFolder(config, Objects.requireNonNullElse(file.getParent(), Path.of("")));
    }
}
