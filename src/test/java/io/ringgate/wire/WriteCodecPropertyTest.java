package io.ringgate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.LabelNames;
import io.ringgate.wire.Oracle.Message;
import io.ringgate.wire.Oracle.Stamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The codec against a slow, independent account of what must become of a write. */
class WriteCodecPropertyTest {

    private static final long SEED = 20260801;

    private final WriteCodec utf8 = new WriteCodec(LabelNames.UTF8);
    private final WriteCodec legacy = new WriteCodec(LabelNames.LEGACY);

    @Test
    void what_leaves_is_what_the_slow_account_expects() {
        for (long seed = SEED; seed < SEED + 3_000; seed++) {
            RandomWrites writes = new RandomWrites(seed);
            List<Stamp> stamps = writes.stamps();
            byte[] message = writes.message();
            boolean legacyNames = seed % 3 == 0;

            EncodedWrite coded = (legacyNames ? legacy : utf8)
                    .code(
                            padded(Messages.pack(message)),
                            3,
                            Messages.pack(message).length,
                            Oracle.plan(stamps),
                            SeriesLimits.NONE);

            assertThat(coded).as("seed %d", seed).isInstanceOf(EncodedWrite.Ready.class);
            check(seed, message, stamps, legacyNames, (EncodedWrite.Ready) coded);
        }
    }

    @Test
    void a_second_pass_changes_nothing_more() {
        for (long seed = SEED; seed < SEED + 500; seed++) {
            RandomWrites writes = new RandomWrites(seed);
            StampPlan plan = Oracle.plan(writes.stamps());
            byte[] packed = Messages.pack(writes.message());
            byte[] once =
                    Messages.unpack((EncodedWrite.Ready) utf8.code(packed, 0, packed.length, plan, SeriesLimits.NONE));
            if (once.length == 0 || Oracle.read(once).series().isEmpty()) {
                continue;
            }
            byte[] again = Messages.pack(once);

            EncodedWrite coded = utf8.code(again, 0, again.length, plan, SeriesLimits.NONE);

            assertThat(((EncodedWrite.Ready) coded).unchanged())
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void damaged_writes_never_throw_and_never_read_differently() {
        int ready = 0;
        for (long seed = SEED; seed < SEED + 9_000; seed++) {
            RandomWrites writes = new RandomWrites(seed);
            List<Stamp> stamps = writes.stamps();
            byte[] message = damaged(writes.message(), new SplittableRandom(~seed));
            byte[] packed = Messages.pack(message);

            EncodedWrite coded = utf8.code(packed, 0, packed.length, Oracle.plan(stamps), SeriesLimits.NONE);

            if (coded instanceof EncodedWrite.Ready went) {
                ready++;
                check(seed, message, stamps, false, went);
            }
        }
        assertThat(ready).as("damaged writes that still pass").isGreaterThan(500);
    }

    @Test
    void damaged_blocks_never_throw() {
        for (long seed = SEED; seed < SEED + 3_000; seed++) {
            RandomWrites writes = new RandomWrites(seed);
            StampPlan plan = Oracle.plan(writes.stamps());
            byte[] packed = damaged(Messages.pack(writes.message()), new SplittableRandom(~seed));

            EncodedWrite coded = utf8.code(packed, 0, packed.length, plan, SeriesLimits.NONE);

            assertThat(coded).as("seed %d", seed).isNotNull();
        }
    }

    private static void check(
            long seed, byte[] message, List<Stamp> stamps, boolean legacyNames, EncodedWrite.Ready went) {
        Message in = Oracle.read(message);
        Message expected = Oracle.expected(in, stamps, legacyNames);
        byte[] out = Messages.unpack(went);
        Message left = Oracle.read(out);
        if (went.unchanged()) {
            assertThat(out).as("seed %d", seed).isEqualTo(message);
        }
        assertThat(left).as("seed %d", seed).isEqualTo(expected);
        int refused = in.series().size() - expected.series().size();
        assertThat(went.tally().series())
                .as("seed %d", seed)
                .isEqualTo(in.series().size());
        assertThat(went.tally().refusedSeries()).as("seed %d", seed).isEqualTo(refused);
        assertThat(went.tally().refusedBy().values().stream().mapToInt(i -> i).sum())
                .isEqualTo(refused);
        assertThat(inLatin(went.tally().conflicts()))
                .as("seed %d", seed)
                .isEqualTo(Oracle.conflicts(in, stamps, legacyNames));
        assertThat(went.tally().samples()).as("seed %d", seed).isEqualTo(fields(expected, 0x12));
        assertThat(went.tally().exemplars()).as("seed %d", seed).isEqualTo(fields(expected, 0x1a));
        assertThat(went.tally().histograms()).as("seed %d", seed).isEqualTo(fields(expected, 0x22));
        assertThat(went.tally().emptyMetadata()).as("seed %d", seed).isEqualTo(SlowPoints.emptyMetadata(in));
        assertThat(went.tally().decoded()).as("seed %d", seed).isEqualTo(SlowPoints.decoded(left));
        assertThat(went.tally().metadata()).as("seed %d", seed).isEqualTo((int)
                in.others().stream().filter(f -> f.charAt(0) == 0x1a).count());
    }

    private static Map<String, Integer> inLatin(Map<String, Integer> byName) {
        return byName.entrySet().stream()
                .collect(
                        Collectors.toMap(e -> new String(e.getKey().getBytes(UTF_8), ISO_8859_1), Map.Entry::getValue));
    }

    private static long fields(Message message, int tag) {
        return message.series().stream()
                .flatMap(s -> s.others().stream())
                .filter(f -> f.charAt(0) == tag)
                .count();
    }

    private static byte[] padded(byte[] packed) {
        return Messages.join(new byte[3], packed, new byte[] {1, 2, 3});
    }

    private static byte[] damaged(byte[] message, SplittableRandom random) {
        byte[] bytes = message;
        for (int i = 1 + random.nextInt(2); i > 0 && bytes.length > 1; i--) {
            int at = random.nextInt(bytes.length);
            byte[] head = Arrays.copyOf(bytes, at);
            byte[] tail = Arrays.copyOfRange(bytes, at + 1, bytes.length);
            byte[] odd =
                    Messages.bytes(random.nextBoolean() ? random.nextInt(256) : bytes[at] ^ (1 << random.nextInt(8)));
            bytes = switch (random.nextInt(4)) {
                case 0 -> Messages.join(head, tail);
                case 1 -> Messages.join(head, odd, Messages.bytes(bytes[at]), tail);
                default -> Messages.join(head, odd, tail);
            };
        }
        return bytes;
    }
}
