package io.ringgate.cli.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ringgate.app.BuildVersion;
import io.ringgate.cli.SampleWrites;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whole requests, head and body, made before the run and sent again and again. Their samples lie 15 s apart. The ring
 * owns the memory; a sender uses a retained duplicate. Read-only, so any loop may.
 */
final class RequestRing {

    private static final int MOST_REQUESTS = 64;
    private static final int MOST_BYTES = 32 << 20;
    private static final long SEED = 20_250_101;
    private static final long SCRAPE_MILLIS = 15_000;

    /** One prepared request. */
    record Request(ByteBuf bytes, int bodyBytes, int series) {}

    private final List<Request> requests = new ArrayList<>();

    /** @param authorization the value of that header, or empty for none */
    RequestRing(Target target, String authorization, int series, int labels, long newestMillis) {
        SplittableRandom random = new SplittableRandom(SEED);
        long total = 0;
        for (int i = 0; i < MOST_REQUESTS && total < MOST_BYTES; i++) {
            long time = newestMillis - (MOST_REQUESTS - 1 - i) * SCRAPE_MILLIS;
            SampleWrites.Body body = SampleWrites.body(series, labels, time, random);
            byte[] head = head(target, authorization, body.packed().length);
            ByteBuf request = Unpooled.directBuffer(head.length + body.packed().length);
            request.writeBytes(head).writeBytes(body.packed());
            requests.add(new Request(request.asReadOnly(), body.packed().length, series));
            total += body.packed().length;
        }
    }

    Request get(long number) {
        return requests.get((int) (number % requests.size()));
    }

    void release() {
        requests.forEach(request -> request.bytes().release());
    }

    private static byte[] head(Target target, String authorization, int length) {
        String credentials = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n";
        String head = "POST " + target.path() + " HTTP/1.1\r\n"
                + "Host: " + target.authority() + "\r\n"
                + "User-Agent: ringgate-bench/" + BuildVersion.text() + "\r\n"
                + credentials
                + "Content-Type: application/x-protobuf\r\n"
                + "Content-Encoding: snappy\r\n"
                + "X-Prometheus-Remote-Write-BuildVersion: 0.1.0\r\n"
                + "Content-Length: " + length + "\r\n\r\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }
}
