package io.ringgate.pipeline;

import io.ringgate.edge.Edge;
import io.ringgate.wire.WriteCounts;
import org.jspecify.annotations.Nullable;

/** What is known of a write, for reporting how it ended. On the write's event loop. */
public final class WriteFacts {

    private @Nullable EdgeContext context;
    private @Nullable WriteCounts tally;
    private @Nullable String receiver;

    WriteFacts() {}

    /** The edge of the write; null until it has authenticated. */
    public @Nullable Edge edge() {
        return context == null ? null : context.edge();
    }

    @Nullable
    EdgeContext context() {
        return context;
    }

    /** What is in it; null until the body is read. */
    public @Nullable WriteCounts tally() {
        return tally;
    }

    /** The label of the receiver that was asked last; null when none was. */
    public @Nullable String receiver() {
        return receiver;
    }

    void isOf(EdgeContext found) {
        context = found;
    }

    void contains(WriteCounts counted) {
        tally = counted;
    }

    void asks(String label) {
        receiver = label;
    }
}
