package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of k8s/RUNBOOKS.md: its commands in their order. What speaks to a cluster is played by the test, everything else is run by
 * a shell as it stands there.
 */
final class Runbook {

    private static final Logger LOG = LoggerFactory.getLogger(Runbook.class);
    private static final Path FILE = Kustomize.FILES.resolve("RUNBOOKS.md");
    private static final String COMMAND = "    ";
    private static final List<String> OF_A_CLUSTER = List.of("kubectl ", "kustomize ", "cmctl ");
    private static final long SECONDS = 120;

    private final List<String> commands = new ArrayList<>();
    private final Map<String, Deque<Step>> played = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();

    /** What a cluster would do. */
    interface Step {
        void play() throws Exception;
    }

    private Runbook() {}

    static Runbook named(String title) throws IOException {
        Runbook runbook = new Runbook();
        Files.readAllLines(FILE).stream()
                .dropWhile(line -> !line.equals("## " + title))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith(COMMAND))
                .forEach(line -> runbook.commands.add(line.substring(COMMAND.length())));
        assertThat(runbook.commands).as("the commands of %s", title).isNotEmpty();
        return runbook;
    }

    /** One step for each time that the command comes; the last one for all that follow. */
    Runbook playing(String command, Step... steps) {
        assertThat(commands).contains(command);
        played.put(command, new ArrayDeque<>(List.of(steps)));
        return this;
    }

    /** What stands for this text of the commands here. */
    Runbook at(String text, String here) {
        places.put(text, here);
        return this;
    }

    Runbook with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    void run(Path checkout) throws Exception {
        for (String command : commands) {
            LOG.info("{}", command);
            if (OF_A_CLUSTER.stream().anyMatch(command::startsWith)) {
                Deque<Step> steps = Objects.requireNonNull(played.get(command), "nobody plays " + command);
                (steps.size() > 1 ? steps.pop() : steps.getFirst()).play();
            } else {
                shell(checkout, command);
            }
        }
    }

    private void shell(Path checkout, String command) throws IOException, InterruptedException {
        String here = command;
        for (Map.Entry<String, String> place : places.entrySet()) {
            here = here.replace(place.getKey(), place.getValue());
        }
        Path said = checkout.resolve("said");
        ProcessBuilder shell = new ProcessBuilder(
                        "timeout", Long.toString(SECONDS), "bash", "-eo", "pipefail", "-c", here)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        shell.environment().putAll(variables);
        Process run = shell.start();
        run.getOutputStream().close();
        assertThat(run.waitFor(SECONDS + 5, TimeUnit.SECONDS)).isTrue();
        String output = Files.readString(said, StandardCharsets.UTF_8);
        LOG.info("{}", output);
        assertThat(run.exitValue()).as("%s: %s", command, output).isZero();
    }
}
