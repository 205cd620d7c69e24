package io.ringgate.forward.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ByteMatcherTest {

    private static final String WORDS = "TSDB not ready";

    @Test
    void words_are_found_wherever_pieces_are_cut_and_nowhere_else() {
        long seed = 5;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(5); i >= 0; i--) {
                int from = random.nextInt(2);
                text.append(WORDS, from, from + random.nextInt(WORDS.length() - from + 1));
            }
            ByteMatcher matcher = new ByteMatcher(WORDS);
            for (int at = 0; at < text.length(); ) {
                int end = at + 1 + random.nextInt(text.length() - at);
                matcher.feed(Unpooled.copiedBuffer(text.substring(at, end), StandardCharsets.US_ASCII));
                at = end;
            }

            assertThat(matcher.hasSeen())
                    .as("seed %d, round %d: %s", seed, round, text)
                    .isEqualTo(text.indexOf(WORDS) >= 0);
        }
    }
}
