package io.ringgate.auth;

import io.ringgate.auth.WaitingRoom.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * When which proof is made: {@link FailedAttempts} and {@link WaitingRoom} say whether it may wait, {@link CpuShare} when the
 * next may begin. No thread and no clock of its own; whoever owns it guards it.
 */
final class Turns {

    private final WaitingRoom room;
    private final FailedAttempts attempts = new FailedAttempts();
    private final CpuShare share;

    Turns(int places, CpuShare share) {
        this.room = new WaitingRoom(places);
        this.share = share;
    }

    /** What is said to one who comes. */
    sealed interface Word {

        record Wait() implements Word {}

        /** The other waits no more. */
        record WaitInsteadOf(Waiting other) implements Word {}

        /** There is no place for one of this source. */
        record Full() implements Word {}

        /** Its source failed too often under this name. */
        record FailedTooOften() implements Word {}
    }

    Word enter(Waiting proof) {
        if (!attempts.take(proof.source(), proof.claimed(), proof.sinceNanos())) {
            return new Word.FailedTooOften();
        }
        Waiting leaves = room.enter(proof);
        if (leaves == null) {
            return new Word.Wait();
        }
        attempts.giveBack(leaves.source(), leaves.claimed());
        return leaves == proof ? new Word.Full() : new Word.WaitInsteadOf(leaves);
    }

    boolean isEmpty() {
        return room.length() == 0;
    }

    int length() {
        return room.length();
    }

    long pause(long nowNanos) {
        return share.pause(nowNanos);
    }

    @Nullable
    Waiting next(long nowNanos) {
        return room.next(nowNanos);
    }

    /** The proof was made. */
    void over(Waiting proof, boolean proved, long cpuNanos, long nowNanos) {
        share.spent(cpuNanos);
        if (proved) {
            attempts.giveBack(proof.source(), proof.claimed());
            room.proven(proof.source());
        } else {
            room.failed(proof.source(), nowNanos);
        }
    }

    void share(int percent, long nowNanos) {
        share.use(percent, nowNanos);
    }
}
