package io.ringgate.testing;

import java.io.IOException;

/** Sends a process the signals for which Java has no method. */
final class ProcessSignals {

    private ProcessSignals() {}

    /** @param signal without SIG, for example HUP */
    static void send(Process process, String signal) throws IOException {
        Process sent = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        Await.until("signal " + signal + " is sent to process " + process.pid(), () -> !sent.isAlive());
        if (sent.exitValue() != 0) {
            throw new IOException("process " + process.pid() + " does not get signal " + signal);
        }
    }
}
