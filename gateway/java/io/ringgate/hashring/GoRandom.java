package io.ringgate.hashring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The numbers that Go's {@code rand.New(rand.NewSource(seed))} draws: an additive lagged Fibonacci generator of 607 words
 * with its tap at 273 (Mitchell and Reeds). The first words are a stream of a small generator, mixed with 607 constants.
 *
 * <p>The constants are recovered from recorded results: each result is the sum that replaced a word, so subtracting the
 * sums again, from the last to the first, leaves the first words of that seed.
 */
final class GoRandom {

    private static final int WORDS = 607;
    private static final int TAP = 273;
    private static final int MODULUS = Integer.MAX_VALUE;
    private static final int MULTIPLIER = 48271;
    private static final int INSTEAD_OF_ZERO = 89482311;
    private static final int DISCARDED = 20;

    private static final long RECORDED_SEED = 1;
    private static final String RECORD = "go-rand-seed-1.txt";
    private static final long[] CONSTANTS = recover();

    private final long[] words;
    private int tap;
    private int feed = WORDS - TAP;

    GoRandom(long seed) {
        words = stream(seed);
        for (int i = 0; i < WORDS; i++) {
            words[i] ^= CONSTANTS[i];
        }
    }

    /** The next 64 bits, unsigned. */
    long next() {
        tap = before(tap);
        feed = before(feed);
        words[feed] += words[tap];
        return words[feed];
    }

    private static int before(int position) {
        return position == 0 ? WORDS - 1 : position - 1;
    }

    private static long[] stream(long seed) {
        long reduced = seed % MODULUS;
        long x = reduced < 0 ? reduced + MODULUS : reduced == 0 ? INSTEAD_OF_ZERO : reduced;
        for (int i = 0; i < DISCARDED; i++) {
            x = step(x);
        }
        long[] words = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            long high = step(x);
            long middle = step(high);
            x = step(middle);
            words[i] = (high << 40) ^ (middle << 20) ^ x;
        }
        return words;
    }

    private static long step(long x) {
        return x * MULTIPLIER % MODULUS;
    }

    private static long[] recover() {
        String[] results = record();
        long[] words = new long[WORDS];
        int[] fed = new int[WORDS];
        int feed = WORDS - TAP;
        for (int k = 0; k < WORDS; k++) {
            feed = before(feed);
            fed[k] = feed;
            words[feed] = Long.parseUnsignedLong(results[k], 16);
        }
        for (int k = WORDS - 1; k >= 0; k--) {
            words[fed[k]] -= words[WORDS - 1 - k];
        }
        long[] stream = stream(RECORDED_SEED);
        for (int i = 0; i < WORDS; i++) {
            words[i] ^= stream[i];
        }
        return words;
    }

    private static String[] record() {
        try (InputStream in = GoRandom.class.getResourceAsStream(RECORD)) {
            String text = new String(Objects.requireNonNull(in, RECORD).readAllBytes(), StandardCharsets.US_ASCII);
            return text.lines().filter(line -> !line.startsWith("#")).toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException("the record of Go's generator cannot be read", e);
        }
    }
}
