package io.ringgate.auth;

import io.ringgate.edge.Edge;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One credential of an edge, as the operator configured it. Has no secret. Any thread. */
public final class Login {

    /** The one that expires last is the greatest. */
    static final Comparator<Login> BY_END =
            Comparator.comparing(Login::notAfter, Comparator.nullsLast(Comparator.naturalOrder()));

    private final Edge edge;
    private final String name;
    private final @Nullable Instant notAfter;
    private final LastSeen lastSeen;

    /**
     * @param name tells it from the other credentials of the edge, for example {@code basic:cluster-02-edge}
     * @param notAfter when it expires; null for never
     * @param lastSeen outlives this object, so that a reload keeps it
     */
    public Login(Edge edge, String name, @Nullable Instant notAfter, LastSeen lastSeen) {
        this.edge = edge;
        this.name = name;
        this.notAfter = notAfter;
        this.lastSeen = lastSeen;
    }

    public Edge edge() {
        return edge;
    }

    public String name() {
        return name;
    }

    public @Nullable Instant notAfter() {
        return notAfter;
    }

    public LastSeen lastSeen() {
        return lastSeen;
    }

    /** @param nowMillis in milliseconds of Unix time */
    boolean isExpired(long nowMillis) {
        return notAfter != null && nowMillis >= notAfter.toEpochMilli();
    }
}
