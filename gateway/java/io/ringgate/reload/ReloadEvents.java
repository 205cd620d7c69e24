package io.ringgate.reload;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told what becomes of each unit while it is read, and says what whoever asked is answered. On the reloading thread. */
public interface ReloadEvents {

    /** The units there are now. */
    void knows(Collection<Unit> units);

    /**
     * What its files say now is in force. Null when that is no news.
     *
     * @param what the change does; empty when there is no more to say
     */
    ReloadReport.@Nullable Result took(String unit, boolean changed, String what);

    /** The withdrawals of a change that waits are in force. */
    ReloadReport.Result tookPart(String unit, String what);

    /** Of the files of what is in force. */
    void hash(String unit, long hash);

    /**
     * What its files say now cannot be taken.
     *
     * @param asked by the operator: then it is an event although it was refused for the same reason before
     */
    ReloadReport.Result refused(String unit, List<String> problems, boolean asked);

    /**
     * What its files say now waits for the operator's word.
     *
     * @param asked as with {@link #refused}
     */
    ReloadReport.Result waits(String unit, String why, boolean asked);
}
