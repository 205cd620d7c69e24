package io.ringgate.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Checked against the JDK's own strict decoder. */
class Utf8Test {

    private static final long SEED = 7;

    @Test
    void sequences_of_three_and_four_bytes_are_judged_as_the_jdk_does() {
        byte[] bytes = new byte[4];
        for (int first = 0x7f; first < 0x100; first++) {
            for (int rest = 0; rest < 0x10000; rest += 61) {
                bytes[0] = (byte) first;
                bytes[1] = (byte) (rest >> 8);
                bytes[2] = (byte) rest;
                bytes[3] = (byte) 0x80;
                assertThat(Utf8.valid(bytes, 0, 3)).as("%x %x", first, rest).isEqualTo(strict(bytes, 3));
                assertThat(Utf8.valid(bytes, 0, 4)).as("%x %x 80", first, rest).isEqualTo(strict(bytes, 4));
            }
        }
    }

    @Test
    void ascii_is_found_at_any_place_and_length() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[120];
            Arrays.fill(bytes, (byte) -1);
            int from = random.nextInt(20);
            int to = from + random.nextInt(80);
            Arrays.fill(bytes, from, to, (byte) 'a');
            boolean clean = to == from || random.nextBoolean();
            if (!clean) {
                bytes[from + random.nextInt(to - from)] = (byte) 0x80;
            }

            assertThat(Utf8.ascii(bytes, from, to))
                    .as("seed %d round %d", SEED, round)
                    .isEqualTo(clean);
        }
    }

    private static boolean strict(byte[] bytes, int length) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
