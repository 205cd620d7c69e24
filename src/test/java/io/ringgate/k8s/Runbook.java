package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One of k8s/RUNBOOKS.md: its commands in their order, each run by a shell as it stands there. After some of them the test does on this
 * machine what nodes would do in a cluster. Those of {@link NotHere} are not run, and the test does all of what they would.
 */
final class Runbook {

    static final Path FILE = Kustomize.FILES.resolve("RUNBOOKS.md");

    private final List<String> commands;
    private final OperatorShell shell;
    private final Map<String, Deque<Step>> played = new HashMap<>();

    /** What nodes would do. */
    interface Step {
        void play() throws Exception;
    }

    private Runbook(List<String> commands, OperatorShell shell) {
        this.commands = commands;
        this.shell = shell;
    }

    static Runbook named(String title, OperatorShell shell) throws IOException {
        List<String> commands = Commands.ofSection(FILE, title);
        assertThat(commands).as("the commands of %s", title).isNotEmpty();
        return new Runbook(commands, shell);
    }

    /** After the command: one step for each time that it comes; the last one for all that follow. */
    Runbook playing(String command, Step... steps) {
        assertThat(commands).contains(command);
        played.put(command, new ArrayDeque<>(List.of(steps)));
        return this;
    }

    void run() throws Exception {
        for (String command : commands) {
            Deque<Step> steps = played.get(command);
            if (!NotHere.contains(command)) {
                shell.run(command);
            } else {
                assertThat(steps).as("nobody plays %s", command).isNotNull();
            }
            if (steps != null) {
                (steps.size() > 1 ? steps.pop() : steps.getFirst()).play();
            }
        }
    }
}
