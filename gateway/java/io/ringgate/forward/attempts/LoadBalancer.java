package io.ringgate.forward.attempts;

import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverHealth;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the receiver of an attempt: two are drawn at random and the better one is taken, which is usually the one
 * with fewer bytes outstanding (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001). Always
 * taking the least loaded would send every loop to the same receiver at once; one random draw would ignore a slow one.
 *
 * <p>Whoever fails fast has nothing outstanding, so a doubtful receiver loses the draw whatever its load. Ejected ones
 * are drawn only when there are no others, those that cannot be reached only after those (an ejected receiver may have
 * recovered, no write goes to one without a connection), and one that has its share of bytes waiting never. One thread.
 */
final class LoadBalancer {

    private static final int GOOD = 0;
    private static final int EJECTED = 1;
    private static final int UNREACHABLE = 2;
    private static final int NEVER = 3;

    private final RandomGenerator random;

    LoadBalancer(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Draws one.
     *
     * @param except the receiver that was asked already, if any
     * @param bytes the size of the write
     * @param share how many bytes may wait for one receiver
     * @return null when no receiver may be asked
     */
    @Nullable
    Receiver choose(List<Receiver> from, @Nullable Receiver except, long bytes, long share, long now) {
        int best = NEVER;
        int drawn = 0;
        for (int i = 0; i < from.size(); i++) {
            int rank = rank(from.get(i), except, bytes, share);
            if (rank < best) {
                best = rank;
                drawn = 0;
            }
            drawn += rank == best ? 1 : 0;
        }
        if (best == NEVER) {
            return null;
        }
        int first = random.nextInt(drawn);
        int second = drawn == 1 ? first : random.nextInt(drawn - 1);
        second += drawn > 1 && second >= first ? 1 : 0;
        Receiver a = null;
        Receiver b = null;
        // A mark may change under us by another loop: then one of the two may be missing, or both.
        Receiver any = null;
        for (int i = 0, n = 0; i < from.size() && (a == null || b == null); i++) {
            Receiver receiver = from.get(i);
            int rank = rank(receiver, except, bytes, share);
            any = any == null && rank != NEVER ? receiver : any;
            if (rank == best) {
                a = n == first ? receiver : a;
                b = n == second ? receiver : b;
                n++;
            }
        }
        if (a == null || b == null) {
            return a != null ? a : b != null ? b : any;
        }
        return better(a, b, now);
    }

    private static int rank(Receiver receiver, @Nullable Receiver except, long bytes, long share) {
        if (receiver == except || !receiver.hasRoom(bytes, share)) {
            return NEVER;
        }
        ReceiverHealth health = receiver.health();
        return health.isUnreachable() ? UNREACHABLE : health.isEjected() ? EJECTED : GOOD;
    }

    private static Receiver better(Receiver a, Receiver b, long now) {
        boolean suspectA = a.health().isSuspect(now);
        boolean suspectB = b.health().isSuspect(now);
        if (suspectA != suspectB) {
            return suspectA ? b : a;
        }
        return b.outstandingBytes() < a.outstandingBytes() ? b : a;
    }
}
