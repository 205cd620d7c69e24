package io.ringgate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The command itself, as a newcomer starts it. */
class DemoTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void what_senders_were_told_is_what_the_receivers_counted() {
        int code = run("--for", "3s", "--plain", "--port", "0");

        String said = out.toString();
        assertThat(code).as("%s%n%s", said, err).isZero();
        assertThat(number("samples acknowledged to senders +([0-9,]+)", said))
                .isPositive()
                .isEqualTo(number("samples the stand-in receivers got +([0-9,]+)", said));
        assertThat(said)
                .contains("Nothing lost, nothing doubled, nothing malformed.")
                .contains("default-tenant", "team-blue", "wrong_credential", "malformed")
                .doesNotContain("acknowledged to others");
        assertThat(Path.of(text("Its files +(\\S+)", said))).doesNotExist();
    }

    @Test
    void a_port_in_use_is_a_sentence_that_says_what_to_do() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int code = run("--for", "1s", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(code).isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("ringgate: the demo cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .contains("name another port with --port")
                    .doesNotContain("\tat ");
            assertThat(out.toString()).isEmpty();
        }
    }

    @Test
    void a_port_that_is_none_is_a_wrong_command_line() {
        assertThat(run("--port", "70000")).isEqualTo(2);
        assertThat(err.toString()).contains("--port must be a port");
    }

    private int run(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "demo";
        System.arraycopy(options, 0, args, 1, options.length);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private static long number(String pattern, String text) {
        return Long.parseLong(text(pattern, text).replace(",", ""));
    }

    private static String text(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return found.group(1);
    }
}
