package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shell in which an operator works: in a folder, with variables, and with places that are elsewhere on this machine. */
final class OperatorShell {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorShell.class);
    private static final long SECONDS = 120;

    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();

    OperatorShell(Path folder, Map<String, String> variables) {
        this.folder = folder;
        this.variables.putAll(variables);
    }

    /** What stands for this text of the commands here. */
    OperatorShell at(String text, String here) {
        places.put(text, here);
        return this;
    }

    OperatorShell with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** What it prints; fails when the command does. */
    String run(String command) throws IOException, InterruptedException {
        String here = command;
        for (Map.Entry<String, String> place : places.entrySet()) {
            here = here.replace(place.getKey(), place.getValue());
        }
        Path printed = Files.createTempFile("printed", ".txt");
        ProcessBuilder shell = new ProcessBuilder(
                        "timeout", Long.toString(SECONDS), "bash", "-eo", "pipefail", "-c", here)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        shell.environment().putAll(variables);
        Process run = shell.start();
        run.getOutputStream().close();
        assertThat(run.waitFor(SECONDS + 5, TimeUnit.SECONDS)).isTrue();
        String output = Files.readString(printed, StandardCharsets.UTF_8);
        Files.delete(printed);
        LOG.atInfo().addKeyValue("command", here).addKeyValue("output", output).log("ran");
        assertThat(run.exitValue()).as("%s: %s", command, output).isZero();
        return output;
    }
}
