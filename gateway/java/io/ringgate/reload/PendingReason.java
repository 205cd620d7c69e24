package io.ringgate.reload;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why a change waits for force.
 *
 * @param force what the operator must force
 * @param why what would be lost, and how to force it
 */
public record PendingReason(Force force, String why) {

    /**
     * With the request that forces the change.
     *
     * @param loss what would be lost, as text that is safe for a log
     */
    public static PendingReason of(Force force, String loss) {
        return new PendingReason(
                force,
                loss.replaceAll("\\p{Cntrl}", "?") + ": if that is meant, POST /-/reload?force=" + force.key()
                        + " to the admin listener");
    }

    /** Those that are not forced. */
    public static List<PendingReason> unforced(List<PendingReason> all, Set<Force> forced) {
        return all.stream().filter(reason -> !forced.contains(reason.force())).toList();
    }

    /** All of them in one text. */
    static String text(List<PendingReason> all) {
        return all.stream().map(PendingReason::why).collect(Collectors.joining("; "));
    }
}
