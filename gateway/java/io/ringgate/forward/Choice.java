package io.ringgate.forward;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask: two receivers are drawn at random and the one with fewer bytes outstanding is taken (Mitzenmacher, "The
 * Power of Two Choices in Randomized Load Balancing", 2001). Always taking the least loaded would send every loop to
 * the same receiver at once; one random draw would ignore a slow one.
 *
 * <p>Receivers that could not be reached last are drawn only when there are no others. One thread.
 */
final class Choice {

    private final RandomGenerator random;

    Choice(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Draws one.
     *
     * @param except who was asked already, if anybody
     * @return null when nobody but {@code except} is there
     */
    @Nullable
    Receiver choose(List<Receiver> from, @Nullable Receiver except) {
        int reachable = 0;
        int all = 0;
        for (int i = 0; i < from.size(); i++) {
            Receiver receiver = from.get(i);
            if (receiver != except) {
                all++;
                reachable += receiver.lastRefused() ? 0 : 1;
            }
        }
        if (all == 0) {
            return null;
        }
        boolean anybody = reachable == 0;
        int drawn = anybody ? all : reachable;
        int first = random.nextInt(drawn);
        Receiver a = nth(first, from, except, anybody);
        if (drawn == 1) {
            return a;
        }
        int second = random.nextInt(drawn - 1);
        Receiver b = nth(second < first ? second : second + 1, from, except, anybody);
        return b.outstandingBytes() < a.outstandingBytes() ? b : a;
    }

    /** A mark may change under us by another loop; then the last one that counts stands in. */
    private static Receiver nth(int n, List<Receiver> from, @Nullable Receiver except, boolean anybody) {
        Receiver last = from.getFirst() == except ? from.getLast() : from.getFirst();
        int left = n;
        for (int i = 0; i < from.size(); i++) {
            Receiver receiver = from.get(i);
            if (receiver != except && (anybody || !receiver.lastRefused())) {
                last = receiver;
                if (left-- == 0) {
                    break;
                }
            }
        }
        return last;
    }
}
