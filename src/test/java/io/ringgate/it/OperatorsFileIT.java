package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.app.Gateway;
import io.ringgate.app.MemoryPlan;
import io.ringgate.app.Platform;
import io.ringgate.app.StartProblem;
import io.ringgate.cli.Main;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.testing.LogEvents;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operators' password file is never the edges', by whatever way it became it. */
class OperatorsFileIT {

    private static final String PASSWORD = "for operators";

    @TempDir
    private Path folder;

    private StandInReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = StandInReceiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private TestGateway.Setup setup() {
        return TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .admin("address: 127.0.0.1:0, htpasswd_file: operators");
    }

    private Path operators() {
        return folder.resolve("operators");
    }

    private Path edges() {
        return folder.resolve("htpasswd");
    }

    /** How one file becomes the other. */
    enum Way {
        LINK {
            @Override
            void make(Path edges, Path operators) throws IOException {
                Files.createSymbolicLink(operators, edges);
            }
        },
        HARD_LINK {
            @Override
            void make(Path edges, Path operators) throws IOException {
                Files.createLink(operators, edges);
            }
        },
        COPY {
            @Override
            void make(Path edges, Path operators) throws IOException {
                Files.copy(edges, operators);
            }
        },
        ONE_LINE {
            @Override
            void make(Path edges, Path operators) throws IOException {
                String hash = Files.readString(edges)
                        .lines()
                        .findFirst()
                        .orElseThrow()
                        .split(":", 2)[1];
                Files.writeString(operators, "# ours\nanna:" + Md5Crypt.apr1Crypt(PASSWORD) + "\nboss:" + hash + "\n");
            }
        };

        abstract void make(Path edges, Path operators) throws IOException;
    }

    private void write() throws Exception {
        Files.writeString(operators(), "anna:" + Md5Crypt.apr1Crypt(PASSWORD) + "\n");
        setup().start().close();
    }

    @ParameterizedTest
    @EnumSource
    void a_start_and_a_check_refuse_it(Way way) throws Exception {
        write();
        Path yaml = folder.resolve("ringgate.yaml");
        assertThat(check(yaml)).contains("ringgate.yaml: good");
        Files.delete(operators());
        way.make(edges(), operators());

        assertThat(check(yaml)).contains(operators() + ": ").containsPattern("so (every|a) sender could look in");
        ConfigLoader loader = new ConfigLoader(yaml, Strictness.STRICT, name -> null);
        GatewayConfig config = Objects.requireNonNull(loader.load().config());
        assertThatThrownBy(() -> Gateway.start(config, loader, Platform.portable(), new MemoryPlan(256 << 20, 100))
                        .close())
                .isInstanceOf(StartProblem.class)
                .hasMessageStartingWith("the operators' password file " + operators());
    }

    private static String check(Path yaml) {
        StringWriter out = new StringWriter();
        Main.run(new PrintWriter(out), new PrintWriter(out), "check", "--config", yaml.toString());
        return out.toString();
    }

    @ParameterizedTest
    @EnumSource
    void a_reload_that_makes_it_so_is_refused_and_the_last_good_one_stays(Way way) throws Exception {
        Files.writeString(operators(), "anna:" + Md5Crypt.apr1Crypt(PASSWORD) + "\n");
        try (TestGateway gateway = setup().start()) {
            Files.delete(operators());
            way.make(edges(), operators());

            assertThat(gateway.reload()).contains("operators: refused");

            assertThat(status(gateway, "anna", PASSWORD)).isEqualTo(200);
            assertThat(status(gateway, "berlin", TestGateway.PASSWORD)).isEqualTo(401);
            assertThat(status(gateway, "boss", TestGateway.PASSWORD)).isEqualTo(401);
        }
    }

    @Test
    void a_link_made_of_it_keeps_no_password_of_an_edge_in_force() throws Exception {
        Files.writeString(operators(), "anna:" + Md5Crypt.apr1Crypt(PASSWORD) + "\n");
        try (TestGateway gateway = setup().start()) {
            Files.delete(operators());
            Files.createSymbolicLink(operators(), edges());
            gateway.edit("htpasswd", text -> "berlin:" + Md5Crypt.apr1Crypt("new") + "\n");

            assertThat(gateway.reload()).contains("identities: applied", "operators: refused");
        }
    }

    @Test
    void an_operators_hash_among_those_of_the_edges_is_refused_at_a_reload() throws Exception {
        String anna = "anna:" + Md5Crypt.apr1Crypt(PASSWORD) + "\n";
        Files.writeString(operators(), anna);
        try (TestGateway gateway = setup().start()) {
            gateway.edit("htpasswd", text -> text + anna);

            assertThat(gateway.reload()).contains("identities: refused");
        }
    }

    @Test
    void a_file_that_is_newly_named_is_looked_at_too() throws Exception {
        Files.writeString(operators(), "anna:" + Md5Crypt.apr1Crypt(PASSWORD) + "\n");
        try (TestGateway gateway = setup().start()) {
            Files.createSymbolicLink(folder.resolve("others"), edges());
            gateway.edit("ringgate.yaml", text -> text.replace("htpasswd_file: operators", "htpasswd_file: others"));

            assertThat(gateway.reload()).contains("gateway: refused");

            assertThat(status(gateway, "berlin", TestGateway.PASSWORD)).isEqualTo(401);
        }
    }

    @Test
    void a_start_tells_of_password_files_that_others_may_read() throws Exception {
        write();
        Files.setPosixFilePermissions(operators(), PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(edges(), PosixFilePermissions.fromString("rw-r--r--"));
        try (LogEvents log = LogEvents.of(Gateway.class).start();
                TestGateway _ = setup().start()) {
            assertThat(log.with("insecure file permissions"))
                    .anyMatch(event -> event.value("file").equals(edges().toString())
                            && event.value("reason").startsWith("others may read it (mode 0644)"))
                    .noneMatch(event -> event.value("file").equals(operators().toString()));
        }
    }

    private static int status(TestGateway gateway, String user, String password) throws IOException {
        try (RawClient client = RawClient.plain(gateway.adminPort())) {
            return client.send(Request.of("GET", "/status").credential(user, password))
                    .answer()
                    .status();
        }
    }
}
