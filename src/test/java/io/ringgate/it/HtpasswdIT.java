package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Log-ins by hashes that the real programs have made a moment ago. */
class HtpasswdIT {

    private static final List<String> COMMANDS = List.of(
            "htpasswd -nbB -C 5",
            "htpasswd -nbm",
            "htpasswd -nbs",
            "htpasswd -nbd",
            "htpasswd -nb2",
            "htpasswd -nb2 -r 1000",
            "htpasswd -nb5",
            "htpasswd -nb5 -r 20000",
            "openssl passwd",
            "openssl passwd -1",
            "openssl passwd -apr1",
            "openssl passwd -5",
            "openssl passwd -6");

    private static TestGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        TestGateway.Setup setup = TestGateway.in(folder);
        for (String command : COMMANDS) {
            setup.edge(user(command), "team-a").hash(user(command), hash(command));
        }
        gateway = setup.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    static List<String> commands() {
        return COMMANDS;
    }

    private static String user(String command) {
        return "user" + COMMANDS.indexOf(command);
    }

    private static String hash(String command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        if (words.getFirst().equals("htpasswd")) {
            words.add("user");
        }
        words.add(TestGateway.PASSWORD);
        Process program = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).as(command).isZero();
        return said.startsWith("user:") ? said.substring(5) : said;
    }

    private static int status(String command, String password) throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.of("GET", Request.PATH).credential(user(command), password))
                    .answer()
                    .status();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void the_right_password_is_recognised_and_another_is_not(String command) throws IOException {
        assertThat(status(command, TestGateway.PASSWORD)).isEqualTo(405);
        assertThat(status(command, "Open sesame")).isEqualTo(401);
    }
}
