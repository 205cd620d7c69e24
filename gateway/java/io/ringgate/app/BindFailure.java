package io.ringgate.app;

import io.ringgate.config.HostPort;
import io.vertx.core.Future;
import java.net.BindException;
import java.util.Locale;

/** Turns a failure to listen into one that names the address and the reason for the operator. */
final class BindFailure {

    private BindFailure() {}

    static <T> Future<T> at(HostPort address, Future<T> asked) {
        return asked.recover(refusal -> Future.failedFuture(new BindException(address + " " + reason(refusal))));
    }

    /** Netty puts the system's words behind the name and number of the call. */
    private static String reason(Throwable refusal) {
        String words = String.valueOf(refusal.getMessage());
        if (words.toLowerCase(Locale.ROOT).contains("address already in use")) {
            return "is in use by another program";
        }
        return "is refused by the system: "
                + words.substring(words.lastIndexOf(": ") + 1).strip();
    }
}
