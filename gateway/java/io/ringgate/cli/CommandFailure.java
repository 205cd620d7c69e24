package io.ringgate.cli;

/** How a command ends when it cannot do its work: the sentence to print and the exit code. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    static final int FAILED = 1;
    static final int WRONG = 2;

    private final int exitCode;

    private CommandFailure(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    /** It was asked for rightly, and failed: exit code 1. */
    public static CommandFailure failed(String sentence) {
        return new CommandFailure(FAILED, sentence);
    }

    /** The command line or the configuration is wrong: exit code 2. */
    public static CommandFailure wrong(String sentence) {
        return new CommandFailure(WRONG, sentence);
    }

    int exitCode() {
        return exitCode;
    }
}
