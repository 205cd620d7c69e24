package io.ringgate.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.forward.Suitability.Fit;
import io.ringgate.metrics.Metrics;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** The log tells of a receiver once for each change, and of no roll-out. */
class SuitabilityNewsTest {

    private final Receiver receiver = new Receiver(
            new ReceiverAddress("127.0.0.1", 19291),
            InetSocketAddress.createUnresolved("127.0.0.1", 19291),
            new ReceiverMeters("127.0.0.1:19291", Metrics.none()));

    private boolean news(Fit fit) {
        boolean news = receiver.judged(new Suitability(fit, "", ""));
        assertThat(receiver.suitability().fit()).isEqualTo(fit);
        return news;
    }

    @Test
    void a_good_start_is_none() {
        assertThat(news(Fit.UNKNOWN)).isFalse();
        assertThat(news(Fit.SUITABLE)).isFalse();
    }

    @Test
    void a_problem_is_told_once_and_so_is_its_end() {
        assertThat(news(Fit.REPLICATION_FACTOR)).isTrue();
        assertThat(news(Fit.REPLICATION_FACTOR)).isFalse();
        assertThat(news(Fit.UNKNOWN)).isFalse();
        assertThat(news(Fit.REPLICATION_FACTOR)).isFalse();
        assertThat(news(Fit.NO_RECEIVER)).isTrue();
        assertThat(news(Fit.SUITABLE)).isTrue();
        assertThat(news(Fit.SUITABLE)).isFalse();
    }

    @Test
    void another_ring_is_told_of_when_it_stays() {
        assertThat(news(Fit.SUITABLE)).isFalse();
        assertThat(news(Fit.OTHER_RING)).isFalse();
        assertThat(news(Fit.SUITABLE)).isFalse();
        assertThat(news(Fit.OTHER_RING)).isFalse();
        assertThat(news(Fit.OTHER_RING)).isTrue();
        assertThat(news(Fit.OTHER_RING)).isFalse();
        assertThat(news(Fit.SUITABLE)).isTrue();
    }
}
