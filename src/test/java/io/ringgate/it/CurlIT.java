package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees who tries a connection by hand, with the real curl. */
class CurlIT {

    @TempDir
    private static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.in(folder).edge("alpha", "acme").start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/receive", "/api/v1/write", "/api/v1/push"})
    void a_get_with_the_right_password_is_recognised_and_told_to_post(String path) throws Exception {
        String said = curl("-u", "alpha:" + TestGateway.PASSWORD, gateway.url(path));

        assertThat(said).contains("recognised as edge alpha").endsWith("405");
    }

    @Test
    void a_get_with_a_wrong_password_is_401() throws Exception {
        assertThat(curl("-u", "alpha:guess", gateway.url("/api/v1/receive"))).endsWith("401");
    }

    @Test
    void a_get_without_a_password_is_401() throws Exception {
        assertThat(curl(gateway.url("/api/v1/receive"))).endsWith("401");
    }

    @Test
    void an_empty_post_is_400_and_names_snappy() throws Exception {
        String said = curl("-X", "POST", "-u", "alpha:" + TestGateway.PASSWORD, gateway.url("/api/v1/receive"));

        assertThat(said).contains("snappy").endsWith("400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/-/healthy", "/-/ready"})
    void health_needs_no_password(String path) throws Exception {
        assertThat(curl(gateway.url(path))).endsWith("200");
        assertThat(curl("--head", gateway.url(path))).endsWith("200");
    }

    /** The body and then the status. */
    private static String curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--max-time",
                "20",
                "--cacert",
                gateway.ca().toString(),
                "--write-out",
                "%{http_code}"));
        command.addAll(List.of(arguments));
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).as(said).isZero();
        return said;
    }
}
