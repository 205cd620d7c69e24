package io.ringgate.reload;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reading of a unit's files, with the hash of what was read. Keeps its result: whether the files kept changing
 * meanwhile is decided afterwards.
 */
final class UnitReading<T> implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(UnitReading.class);

    /** The message to the operator for a unit that fails by a bug. */
    static final String BUG = "internal error of the gateway, see its log";

    /** Reads a unit. */
    interface Reader<T> {
        T read() throws UnitProblem;
    }

    private final Unit unit;
    private final Reader<T> reader;
    private @Nullable Reader<T> result;
    private long hash;

    UnitReading(Unit unit, Reader<T> reader) {
        this.unit = unit;
        this.reader = reader;
    }

    @Override
    public void run() {
        try {
            T value = reader.read();
            hash = unit.hash();
            result = () -> value;
        } catch (UnitProblem e) {
            result = failed(e);
        } catch (RuntimeException | Error e) {
            result = failed(bug(unit, e));
        }
    }

    private Reader<T> failed(UnitProblem problem) {
        return () -> {
            throw problem;
        };
    }

    /** A unit that fails by a bug of ours is refused like one whose files are bad: others go on. */
    static UnitProblem bug(Unit unit, Throwable bug) {
        LOG.atError().setCause(bug).addKeyValue("unit", unit.name()).log("reload failed by a bug");
        return new UnitProblem(BUG);
    }

    /** Of the files that the result was read from. */
    long hash() {
        return hash;
    }

    T result() throws UnitProblem {
        return Objects.requireNonNull(result).read();
    }
}
