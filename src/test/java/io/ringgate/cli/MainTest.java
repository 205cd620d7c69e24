package io.ringgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void version_is_development_outside_a_jar() {
        int code = run("--version");

        assertThat(code).isZero();
        assertThat(out.toString().strip()).isEqualTo("ringgate development");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void help_names_every_command() {
        int code = run("--help");

        assertThat(code).isZero();
        assertThat(out.toString()).contains("Usage: ringgate", "bench");
    }

    @Test
    void help_of_a_command_names_its_own_commands() {
        int code = run("bench", "--help");

        assertThat(code).isZero();
        assertThat(out.toString()).contains("Usage: ringgate bench", "send", "sink");
    }

    @Test
    void version_and_help_are_commands_too() {
        assertThat(run("version")).isZero();
        assertThat(out.toString().strip()).isEqualTo("ringgate development");

        assertThat(run("help")).isZero();
        assertThat(out.toString()).contains("Usage: ringgate", "bench");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "check",
                "diff",
                "demo",
                "password",
                "ring",
                "ring show",
                "ring place",
                "ring diff",
                "edge",
                "edge add",
                "import",
                "import ingress",
                "bench",
                "bench send",
                "bench sink",
                "help",
                "version"
            })
    void help_has_at_most_100_columns_and_names_every_value(String command) {
        assertThat(run(("help " + command).strip().split(" ", -1))).isZero();
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(out.toString()).doesNotContainPattern("=<[a-zA-Z]+>");
    }

    @Test
    void help_leads_to_any_command() {
        assertThat(run("help", "ring", "show")).isZero();
        assertThat(out.toString()).contains("Usage: ringgate ring show", "--hashrings-file");
    }

    @Test
    void help_of_an_unknown_command_is_a_wrong_command_line() {
        assertThat(run("help", "ring", "shwo")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no command 'ring shwo'", "place, show, diff");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_file_that_the_system_refuses_is_named_and_is_no_fault_of_ours() {
        CommandLine tree = CommandTree.build().addSubcommand("read", new Reading());
        tree.setErr(new PrintWriter(err, true));

        assertThat(tree.execute("read")).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("ringgate: /nowhere/file does not exist.");
    }

    @CommandLine.Command
    private static final class Reading implements Callable<Integer> {

        @Override
        public Integer call() throws IOException {
            return Files.readAllBytes(Path.of("/nowhere/file")).length;
        }
    }

    @Test
    void no_command_is_a_wrong_command_line() {
        int code = run();

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).isEqualToNormalizingNewlines("""
                ringgate: No command given.
                Try 'ringgate --help'.
                """);
    }

    @Test
    void an_unknown_command_is_one_sentence_and_a_hint() {
        int code = run("frobnicate");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).isEqualToNormalizingNewlines("""
                ringgate: Unmatched argument at index 0: 'frobnicate'.
                Try 'ringgate --help'.
                """);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void an_unknown_option_is_one_sentence_and_a_hint() {
        int code = run("bench", "sink", "--fast");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains("--fast", "Try 'ringgate bench sink --help'.")
                .doesNotContain("\tat ");
    }

    @Test
    void a_bad_duration_says_what_to_write() {
        int code = run("bench", "sink", "--for", "soon");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("'--for'", "write a duration such as 250ms, 10s or 5m, not 'soon'");
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }
}
