package io.ringgate.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the program starts. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** One run of the command line, without ending the JVM. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        int code = CommandTree.build().setOut(out).setErr(err).execute(args);
        out.flush();
        err.flush();
        return code;
    }
}
