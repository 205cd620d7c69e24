package io.ringgate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;

/**
 * A terminal to type on while the output goes to a file, as in {@code ringgate password >> htpasswd}: the JDK's console
 * needs both. The program stty turns the echo off and, whatever happens, on again.
 */
record NoEchoTerminal(InputStream in, PrintWriter err) implements PasswordSource {

    static boolean isThere() {
        return stty("-g");
    }

    @Override
    public boolean isTyped() {
        return true;
    }

    @Override
    public byte[] next(String prompt) throws IOException {
        Thread afterCtrlC = new Thread(() -> stty("echo"), "echo");
        Runtime.getRuntime().addShutdownHook(afterCtrlC);
        if (!stty("-echo")) {
            throw CommandFailure.failed("the terminal echo cannot be turned off: pipe the password in");
        }
        try {
            err.print(prompt);
            err.flush();
            return Piped.line(in);
        } finally {
            stty("echo");
            Runtime.getRuntime().removeShutdownHook(afterCtrlC);
            err.println();
            err.flush();
        }
    }

    private static boolean stty(String word) {
        try {
            return new ProcessBuilder("stty", word)
                            .redirectInput(Redirect.INHERIT)
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
