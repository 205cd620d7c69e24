package io.ringgate.app;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers as the journal does and keeps nothing: for a reload that is only asked about. */
final class ReloadRehearsal implements ReloadEvents {

    @Override
    public void knows(Collection<Unit> units) {
        // Nobody asks how they stand.
    }

    @Override
    public Reloaded.@Nullable Result took(String unit, boolean changed, String what) {
        return changed ? Reloaded.Result.inForce(unit, what) : null;
    }

    @Override
    public Reloaded.Result tookPart(String unit, String what) {
        return Reloaded.Result.inForce(unit, "withdrawals: " + what);
    }

    @Override
    public void hash(String unit, long hash) {
        // It is compared between replicas, and none would have it.
    }

    @Override
    public Reloaded.Result refused(String unit, List<String> problems, boolean asked) {
        return new Reloaded.Result(unit, Reloaded.Ending.REFUSED, problems);
    }

    @Override
    public Reloaded.Result waits(String unit, String why, boolean asked) {
        return new Reloaded.Result(unit, Reloaded.Ending.WAITS, List.of(why));
    }
}
