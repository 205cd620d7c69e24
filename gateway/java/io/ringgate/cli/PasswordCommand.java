package io.ringgate.cli;

import io.ringgate.auth.basic.NewHash;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringgate password}: the hash of a password, as a line of an htpasswd file. */
@Command(
        name = "password",
        description = "Prints the bcrypt hash of a password for the htpasswd file. Reads the password from the"
                + " terminal or from the first line of the input.")
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
public final class PasswordCommand implements Subcommand, Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--user", paramLabel = "USER", description = "Print a whole line of the htpasswd file: USER:HASH.")
    private @Nullable String user;

    @Option(
            names = "--cost",
            paramLabel = "COST",
            description = "The bcrypt cost: each step doubles the time of a guess and of a first login ("
                    + NewHash.USUAL_COST + ").")
    private int cost = NewHash.USUAL_COST;

    private final @Nullable Supplier<PasswordSource> given;

    /** The password comes from the terminal or the standard input. */
    public PasswordCommand() {
        this.given = null;
    }

    PasswordCommand(Supplier<PasswordSource> source) {
        this.given = source;
    }

    @Override
    public Integer call() throws IOException {
        if (cost < NewHash.LOWEST_COST || cost > NewHash.HIGHEST_COST) {
            throw CommandFailure.wrong("--cost must be " + NewHash.LOWEST_COST + " to " + NewHash.HIGHEST_COST + ".");
        }
        if (user != null && !isUser(user)) {
            throw CommandFailure.wrong("--user must be 1 to 255 characters without colon, control characters, a '#' in"
                    + " front or a space at either end.");
        }
        byte[] password = read();
        try {
            String hash = NewHash.of(password, cost, new SecureRandom());
            spec.commandLine().getOut().println(user == null ? hash : user + ":" + hash);
            spec.commandLine().getOut().flush();
            return 0;
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private byte[] read() throws IOException {
        PasswordSource source = given != null
                ? given.get()
                : PasswordSource.of(System.in, spec.commandLine().getErr());
        byte[] password = source.next("Password: ");
        String fault = NewHash.fault(password);
        if (!fault.isEmpty()) {
            throw CommandFailure.failed(fault + ".");
        }
        if (source.isTyped()) {
            byte[] again = source.next("Repeat the password: ");
            if (!Arrays.equals(password, again)) {
                throw CommandFailure.failed("the passwords differ: start again.");
            }
            Arrays.fill(again, (byte) 0);
        }
        return password;
    }

    private static boolean isUser(String name) {
        return !name.isEmpty()
                && name.length() <= 255
                && name.equals(name.strip())
                && !name.startsWith("#")
                && name.chars().noneMatch(c -> c == ':' || Character.isISOControl(c));
    }
}
