package io.ringgate.cli.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Sends writes to the gateway under one name and password, as an agent would: over TLS that it verifies. Any thread. */
final class DemoAgent {

    /** What a Prometheus waits by default. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpRequest<Buffer> write;

    DemoAgent(WebClient client, URI uri, String user, String password) {
        this.write = client.postAbs(uri.toString())
                .basicAuthentication(user, password)
                .putHeader("Content-Type", "application/x-protobuf")
                .putHeader("Content-Encoding", "snappy")
                .putHeader("X-Prometheus-Remote-Write-Version", "0.1.0")
                .putHeader("User-Agent", "ringgate-demo");
    }

    /** The gateway's word: the status, and the first line of its text. */
    record Answer(int status, String sentence) {}

    Answer send(byte[] packed) throws IOException, InterruptedException {
        var response = DemoClient.await(write.copy().sendBuffer(Buffer.buffer(packed)), PATIENCE);
        String text = response.bodyAsString();
        return new Answer(
                response.statusCode(),
                text == null ? "" : text.lines().findFirst().orElse(""));
    }
}
