package io.ringgate.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Sends writes to the gateway under one name and password, as an agent would: over TLS that it verifies. Any thread. */
final class Sender {

    /** What a Prometheus waits by default. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client;
    private final URI uri;
    private final String authorization;

    Sender(HttpClient client, URI uri, String user, String password) {
        this.client = client;
        this.uri = uri;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The gateway's word: the status, and the first line of its text. */
    record Answer(int status, String sentence) {}

    Answer send(byte[] packed) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-protobuf")
                .header("Content-Encoding", "snappy")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .header("User-Agent", "ringgate-demo")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(), response.body().lines().findFirst().orElse(""));
    }
}
