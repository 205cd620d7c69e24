package io.ringgate.http.admin;

import java.util.List;
import java.util.function.Consumer;

/**
 * One page of the admin listener.
 *
 * @param path exactly as a client must write it
 * @param methods that it answers
 * @param open whether it answers without a credential
 * @param costly whether it takes work, which is done for few requests at a time
 * @param parameters that its query may have
 * @param answer sends the answer to one request, now or later; on the connection's event loop
 */
record AdminPage(
        String path,
        List<String> methods,
        boolean open,
        boolean costly,
        List<String> parameters,
        Consumer<AdminExchange> answer) {

    private static final List<String> READ = List.of("GET", "HEAD");

    /** Health: it costs nothing, and anybody may ask. */
    static AdminPage probe(String path, Consumer<AdminExchange> answer) {
        return new AdminPage(path, READ, true, false, List.of(), answer);
    }

    /** What operators read. */
    static AdminPage report(String path, Consumer<AdminExchange> answer) {
        return new AdminPage(path, READ, false, true, List.of(), answer);
    }

    /** What operators do. */
    static AdminPage action(String path, List<String> parameters, Consumer<AdminExchange> answer) {
        return new AdminPage(path, List.of("POST"), false, true, parameters, answer);
    }
}
