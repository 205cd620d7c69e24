package io.ringgate.cli;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where a new password comes from: never the command line, which other users of the machine can read. */
interface PasswordSource {

    /** Somebody types blindly and could mistype. */
    boolean isTyped();

    /** The next password, without the end of its line; empty when there is none. The array is the caller's. */
    byte[] next(String prompt) throws IOException;

    /** The terminal if there is one, whether or not the output goes there too, else the first line of the input. */
    @SuppressWarnings("SystemConsoleNull") // it is null again from JDK 25 on where nobody types
    static PasswordSource of(InputStream in, PrintWriter err) {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            return new OnConsole(console);
        }
        return NoEchoTerminal.isThere() ? new NoEchoTerminal(in, err) : new Piped(in);
    }

    /** The JDK's own console. */
    record OnConsole(Console console) implements PasswordSource {
        @Override
        public boolean isTyped() {
            return true;
        }

        @Override
        public byte[] next(String prompt) {
            char[] typed = console.readPassword("%s", prompt);
            if (typed == null) {
                return new byte[0];
            }
            byte[] password = new String(typed).getBytes(StandardCharsets.UTF_8);
            Arrays.fill(typed, ' ');
            return password;
        }
    }

    /** A line of a file or of another program. */
    record Piped(InputStream in) implements PasswordSource {

        private static final int MOST = 4096;

        @Override
        public boolean isTyped() {
            return false;
        }

        @Override
        public byte[] next(String prompt) throws IOException {
            return line(in);
        }

        static byte[] line(InputStream in) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0 && b != '\n' && line.size() < MOST; b = in.read()) {
                line.write(b);
            }
            byte[] read = line.toByteArray();
            boolean dosEnd = read.length > 0 && read[read.length - 1] == '\r';
            return dosEnd ? Arrays.copyOf(read, read.length - 1) : read;
        }
    }
}
