package io.ringgate.forward;

/** What the result of an attempt says about the receiver, apart from what it means for the write. */
public enum AttemptSignal {
    /** It answered, and nothing is wrong with it: the refusal of a write is such an answer too. */
    ALIVE("alive"),
    /** Nothing can be concluded: the time was too short, we stopped, or a tenant's database is only being opened. */
    NOTHING("nothing"),
    UNREACHABLE("unreachable"),
    HUNG_UP("hung_up"),
    LATE("late"),
    BROKEN_ANSWER("broken_answer"),
    SERVER_ERROR("server_error");

    private final String label;

    AttemptSignal(String label) {
        this.label = label;
    }

    /** As metrics call it. */
    String label() {
        return label;
    }

    boolean isFault() {
        return this != ALIVE && this != NOTHING;
    }
}
