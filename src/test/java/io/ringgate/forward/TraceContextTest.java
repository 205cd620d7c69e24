package io.ringgate.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String GOOD = "00-" + ID + "-00f067aa0ba902b7-01";

    private static @Nullable TraceContext parse(String text) {
        byte[] bytes = ("xx" + text + "y").getBytes(StandardCharsets.ISO_8859_1);
        return TraceContext.parse(bytes, 2, text.length());
    }

    private static String written(TraceContext trace, long span) {
        ByteBuf out = Unpooled.buffer();
        trace.write(span, out);
        return out.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void the_trace_goes_on_under_a_name_of_our_own() {
        TraceContext trace = parse(GOOD);

        assertThat(trace).isEqualTo(new TraceContext(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, true));
        assertThat(written(new TraceContext(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, true), 0xabcL))
                .isEqualTo("00-" + ID + "-0000000000000abc-01")
                .hasSize(TraceContext.LENGTH);
    }

    @Test
    void of_the_flags_only_the_known_one_goes_on() {
        assertThat(parse(GOOD.replace("-01", "-fe"))).extracting("sampled").isEqualTo(false);
        assertThat(parse(GOOD.replace("-01", "-ff"))).extracting("sampled").isEqualTo(true);
    }

    @Test
    void of_a_later_version_the_known_part_is_read() {
        assertThat(parse("cc" + GOOD.substring(2))).isNotNull();
        assertThat(parse("cc" + GOOD.substring(2) + "-what-will-be")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                GOOD + "-00",
                GOOD + "0",
                "cc-" + ID + "-00f067aa0ba902b7-01x",
                "ff-" + ID + "-00f067aa0ba902b7-01",
                "0g-" + ID + "-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + ID + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473\r-00f067aa0ba902b7-01",
                "00-" + ID + "-00f067aa0ba902b -01",
                "00-" + ID + "-00f067aa0ba902b7-0\n",
                "00_" + ID + "-00f067aa0ba902b7-01",
                "00-" + ID + "_00f067aa0ba902b7-01",
                "00-" + ID + "-00f067aa0ba902b7_01",
            })
    void anything_else_is_as_good_as_nothing(String text) {
        assertThat(parse(text)).isNull();
    }

    @Test
    void whatever_bytes_come_what_is_written_is_valid_and_the_same_trace() {
        long seed = 99;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] text = GOOD.getBytes(StandardCharsets.US_ASCII);
            text[random.nextInt(text.length)] = (byte) random.nextInt(256);
            TraceContext trace = TraceContext.parse(text, 0, text.length);
            if (trace != null) {
                String again = written(trace, random.nextLong() | 1);
                assertThat(again).as("seed %d, round %d", seed, round).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
                assertThat(parse(again)).as("seed %d, round %d", seed, round).isEqualTo(trace);
            }
        }
    }

    @Test
    void one_of_our_own_is_valid_and_not_sampled() {
        TraceContext ours = TraceContext.newTrace(new SplittableRandom(1));

        assertThat(parse(written(ours, 1))).isEqualTo(ours);
        assertThat(ours.sampled()).isFalse();
    }
}
