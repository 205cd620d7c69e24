package io.ringgate.testing;

import io.ringgate.testing.StandInReceiver.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A fake introspection provider: answers questions about tokens as the test sets. */
public final class StandInProvider implements AutoCloseable {

    private static final String INACTIVE = "{\"active\":false}";

    private final StandInReceiver server = StandInReceiver.start();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();

    private StandInProvider() {
        reset();
    }

    /** One that knows no token. */
    public static StandInProvider start() {
        return new StandInProvider();
    }

    /** Back to its first state, on the same port. */
    public void reset() {
        replies.clear();
        server.reset();
        server.reply(new Reply.Fitting(question -> replies.getOrDefault(token(question), json(INACTIVE))));
    }

    public int port() {
        return server.port();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/introspect";
    }

    /** 200 with this body, as JSON. */
    public static Reply json(String body) {
        return answer("200 OK", "application/json", body);
    }

    public static Reply answer(String status, String type, String body) {
        return new Reply.Say("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    public StandInProvider says(String token, String json) {
        return does(token, json(json));
    }

    public StandInProvider does(String token, Reply reply) {
        replies.put(token, reply);
        return this;
    }

    /** The questions that it received, answered or not. */
    public List<ReceivedWrite> asked() {
        return server.received();
    }

    public long asked(String token) {
        return asked().stream()
                .filter(question -> token(question).equals(token))
                .count();
    }

    /** Accepts no question any more. */
    public void kill() {
        server.kill();
    }

    private static String token(ReceivedWrite question) {
        for (String field : new String(question.packed(), StandardCharsets.US_ASCII).split("&", -1)) {
            if (field.startsWith("token=")) {
                return URLDecoder.decode(field.substring("token=".length()), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    @Override
    public void close() {
        server.close();
    }
}
