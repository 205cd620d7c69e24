package io.ringgate.forward.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.ReceiverMeters;
import io.ringgate.forward.StoredStatuses;
import io.ringgate.metrics.Metrics;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiverAnswerReaderTest {

    private static final int ANSWERS = 20_000;

    private final ReceiverAnswerReader reader = new ReceiverAnswerReader(new ResponseClassifier(
            new Receiver(
                    new ReceiverAddress("127.0.0.1", 19291),
                    InetSocketAddress.createUnresolved("127.0.0.1", 19291),
                    new ReceiverMeters("127.0.0.1:19291", Metrics.none())),
            StoredStatuses.of(Set.of(200, 204)),
            0,
            () -> 0));
    private final HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT);

    @Test
    void an_answer_that_says_stored_and_has_no_body_allocates_nothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        head.headers().set("Date", "Sun, 29 Nov 2026 19:26:22 GMT");
        read();

        long before = threads.getCurrentThreadAllocatedBytes();
        read();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / ANSWERS).as("bytes an answer").isZero();
    }

    private void read() {
        for (int i = 0; i < ANSWERS; i++) {
            reader.reset();
            reader.read(head);
            if (!(reader.read(LastHttpContent.EMPTY_LAST_CONTENT) instanceof Outcome.Stored)) {
                throw new AssertionError("not stored");
            }
        }
    }
}
