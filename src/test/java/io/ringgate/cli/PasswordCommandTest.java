package io.ringgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.Verdict;
import io.ringgate.auth.basic.BasicMethod;
import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.basic.Users;
import io.ringgate.edge.Edge;
import io.ringgate.metrics.Metrics;
import io.ringgate.secret.Secret;
import io.ringgate.testing.TestEdges;
import io.ringgate.verification.HeaderDigest;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PasswordCommandTest {

    private static final Edge EDGE = TestEdges.edge("berlin", "team");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int piped(byte[] input, String... args) {
        return run(new PasswordSource.Piped(new ByteArrayInputStream(input)), args);
    }

    private int piped(String input, String... args) {
        return piped(input.getBytes(StandardCharsets.UTF_8), args);
    }

    private int typed(List<String> typed, String... args) {
        ArrayDeque<String> left = new ArrayDeque<>(typed);
        return run(
                new PasswordSource() {
                    @Override
                    public boolean isTyped() {
                        return true;
                    }

                    @Override
                    public byte[] next(String prompt) {
                        return left.remove().getBytes(StandardCharsets.UTF_8);
                    }
                },
                args);
    }

    private int run(PasswordSource source, String... args) {
        return new CommandLine(new PasswordCommand(() -> source))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (!(e instanceof CommandFailure failure)) {
                        throw e;
                    }
                    err.write(String.valueOf(failure.getMessage()));
                    return failure.exitCode();
                })
                .execute(args);
    }

    private static boolean logsIn(String file, String password) {
        BasicMethod authenticator = new BasicMethod(
                Users.of(Htpasswd.parse(file), Map.of("berlin", new Users.Entry(TestEdges.login(EDGE), null))),
                new HeaderDigest(Secret.of(new byte[32])),
                System::nanoTime,
                (source, claimed, task) -> task.run(),
                Metrics.none());
        String pair = Base64.getEncoder().encodeToString(("berlin:" + password).getBytes(StandardCharsets.UTF_8));
        return TestEdges.ask(authenticator, TestEdges.header("Basic " + pair)).result() instanceof Verdict.Known known
                && known.edge().equals(EDGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open sesame", "пароль-密码", "#: $2y$", " "})
    void the_printed_line_logs_in(String password) {
        assertThat(piped(password + "\n", "--user", "berlin", "--cost", "4")).isZero();

        assertThat(out.toString()).matches("berlin:\\$2y\\$04\\$[./A-Za-z0-9]{53}\\R");
        assertThat(Htpasswd.parse(out.toString()).warnings()).isEmpty();
        assertThat(logsIn(out.toString(), password)).isTrue();
        assertThat(logsIn(out.toString(), password + "x")).isFalse();
    }

    @Test
    void the_longest_password_logs_in() {
        assertThat(piped("x".repeat(72), "--user", "berlin", "--cost", "4")).isZero();

        assertThat(logsIn(out.toString(), "x".repeat(72))).isTrue();
        assertThat(logsIn(out.toString(), "x".repeat(71))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "secret\n", "secret\r\n", "secret\nnext line\n"})
    void a_line_of_input_is_read_without_its_end(String input) {
        assertThat(piped(input, "--cost", "4")).isZero();

        assertThat(logsIn("berlin:" + out, "secret")).isTrue();
    }

    @Test
    void without_a_user_only_the_hash_is_printed() {
        assertThat(piped("secret", "--cost", "4")).isZero();

        assertThat(out.toString()).startsWith("$2y$04$");
    }

    @Test
    void what_is_typed_is_typed_twice() {
        assertThat(typed(List.of("secret", "secret"), "--cost", "4")).isZero();

        assertThat(logsIn("berlin:" + out, "secret")).isTrue();
    }

    @Test
    void two_that_differ_are_refused() {
        assertThat(typed(List.of("secret", "Secret"))).isEqualTo(1);

        assertThat(err.toString()).isEqualTo("the passwords differ: start again.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void no_password_or_one_that_would_not_work_is_refused() {
        assertThat(piped("\n")).isEqualTo(1);
        assertThat(piped("x".repeat(73))).isEqualTo(1);
        assertThat(piped("a\tb")).isEqualTo(1);
        assertThat(piped("a\u007fb")).isEqualTo(1);
        assertThat(piped(new byte[] {'a', (byte) 0xe9})).isEqualTo(1);

        assertThat(err.toString())
                .isEqualTo("the password is empty: type at least one character."
                        + "the password has 73 bytes and bcrypt looks at the first 72 only: choose a shorter one."
                        + "the password has a control character, which no sender can send: leave it out."
                        + "the password has a control character, which no sender can send: leave it out."
                        + "the password is not UTF-8 text, which senders use: type it in a UTF-8 terminal.");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--cost,3", "--cost,14", "--user,a:b", "--user,''", "--user,#a", "--user,' a'"})
    void a_wrong_option_is_refused_before_anything_is_asked(String option, String value) {
        assertThat(typed(List.of(), option, value)).isEqualTo(2);

        assertThat(err.toString()).startsWith(option + " must be ");
    }

    @Test
    void a_password_on_the_command_line_is_not_taken() {
        assertThat(typed(List.of(), "secret")).isEqualTo(2);
    }

    @Test
    void it_is_a_command_of_ringgate() {
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), "password", "--help");

        assertThat(code).isZero();
        assertThat(out.toString()).contains("Usage: ringgate password", "--user", "--cost");
    }
}
