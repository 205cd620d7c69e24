package io.ringgate.reload;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers as the journal does and keeps nothing: for a reload that is only asked about. */
public final class ReloadRehearsal implements ReloadEvents {

    @Override
    public void knows(Collection<Unit> units) {
        // Nobody asks how they stand.
    }

    @Override
    public ReloadReport.@Nullable Result took(String unit, boolean changed, String what) {
        return changed ? ReloadReport.Result.inForce(unit, what) : null;
    }

    @Override
    public ReloadReport.Result tookPart(String unit, String what) {
        return ReloadReport.Result.inForce(unit, "withdrawals: " + what);
    }

    @Override
    public void hash(String unit, long hash) {
        // It is compared between replicas, and none would have it.
    }

    @Override
    public ReloadReport.Result refused(String unit, List<String> problems, boolean asked) {
        return new ReloadReport.Result(unit, ReloadReport.Ending.REFUSED, problems);
    }

    @Override
    public ReloadReport.Result waits(String unit, String why, boolean asked) {
        return new ReloadReport.Result(unit, ReloadReport.Ending.WAITS, List.of(why));
    }
}
