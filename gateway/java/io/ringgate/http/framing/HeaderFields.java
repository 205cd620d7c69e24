package io.ringgate.http.framing;

import io.ringgate.forward.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Collects the header fields of one request that are used here, and checks the framing rules: which headers may be there once
 * only, how the length of the body is declared, and which host the target has.
 */
final class HeaderFields {

    private static final int MOST_DIGITS = 18;
    private static final long MOST_ATTEMPTS = 1000;

    private String method = "";
    private String target = "";
    private boolean version10;
    private @Nullable String host;
    private @Nullable String length;
    private @Nullable String coding;
    private @Nullable String connection;
    private @Nullable String expect;
    private @Nullable String authorization;
    private @Nullable String contentType;
    private @Nullable String contentEncoding;
    private @Nullable String protocolVersion;
    private @Nullable String forwardedFor;
    private int retryAttempt;
    private @Nullable TraceContext trace;
    private boolean traced;
    private boolean acceptsJson;
    private @Nullable String path;
    private String query = "";

    void requestLine(String method, String target, boolean version10) {
        this.method = method;
        this.target = target;
        this.version10 = version10;
    }

    /** Adds one header. Returns what is wrong with it, or null. */
    @Nullable
    String header(byte[] head, int name, int nameLength, int value, int valueLength) {
        String lower = new String(head, name, nameLength, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        String text = switch (lower) {
            case "host",
                    "content-length",
                    "transfer-encoding",
                    "connection",
                    "expect",
                    "authorization",
                    "content-type",
                    "content-encoding",
                    "x-prometheus-remote-write-version",
                    "x-forwarded-for",
                    "retry-attempt",
                    "accept" -> new String(head, value, valueLength, StandardCharsets.ISO_8859_1);
            default -> "";
        };
        boolean again = switch (lower) {
            case "host" -> host != null;
            case "content-length" -> length != null;
            case "transfer-encoding" -> coding != null;
            case "authorization" -> authorization != null;
            case "content-type" -> contentType != null;
            case "content-encoding" -> contentEncoding != null;
            default -> false;
        };
        if (again) {
            return "two " + canonical(lower) + " headers";
        }
        switch (lower) {
            case "host" -> host = text;
            case "content-length" -> length = text;
            case "transfer-encoding" -> coding = text;
            case "connection" -> connection = connection == null ? text : connection + "," + text;
            case "expect" -> expect = text;
            case "authorization" -> authorization = text;
            case "content-type" -> contentType = text;
            case "content-encoding" -> contentEncoding = text;
            case "x-prometheus-remote-write-version" -> protocolVersion = text;
            case "x-forwarded-for" -> forwardedFor = forwardedFor == null ? text : forwardedFor + "," + text;
            case "retry-attempt" ->
                retryAttempt = isLength(text) ? (int) Math.min(MOST_ATTEMPTS, Long.parseLong(text)) : 0;
            case "accept" -> acceptsJson |= text.toLowerCase(Locale.ROOT).contains("application/json");
            case "traceparent" -> {
                trace = traced ? null : TraceContext.parse(head, value, valueLength);
                traced = true;
            }
            default -> {
                // Nothing else is ours to read, and nothing is passed on.
            }
        }
        return null;
    }

    /** What is wrong with the head as a whole, or null. Call it once, after the last header. */
    @Nullable
    String fault() {
        if (host == null && !version10) {
            return "no Host header";
        }
        if (host != null && !isHost(host)) {
            return "invalid Host header";
        }
        if (coding != null) {
            if (version10) {
                return "Transfer-Encoding in an HTTP/1.0 request";
            }
            if (length != null) {
                return "both Transfer-Encoding and Content-Length";
            }
            if (!coding.equalsIgnoreCase("chunked")) {
                return "unsupported Transfer-Encoding, only chunked is supported";
            }
        }
        if (length != null && !isLength(length)) {
            return "invalid Content-Length";
        }
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            return "unsupported Expect header, only 100-continue is supported";
        }
        return target();
    }

    private @Nullable String target() {
        String rest = target;
        if (!rest.startsWith("/") && !rest.equals("*")) {
            int authority = rest.regionMatches(true, 0, "http://", 0, 7)
                    ? 7
                    : rest.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
            if (authority < 0) {
                return "the request target is neither a path nor an http URL";
            }
            int slash = rest.indexOf('/', authority);
            String named = slash < 0 ? rest.substring(authority) : rest.substring(authority, slash);
            if (host == null || !named.equalsIgnoreCase(host)) {
                return "the request target and the Host header have different hosts";
            }
            rest = slash < 0 ? "/" : rest.substring(slash);
        }
        int mark = rest.indexOf('?');
        path = mark < 0 ? rest : rest.substring(0, mark);
        query = mark < 0 ? "" : rest.substring(mark);
        return null;
    }

    /** Only after {@link #fault} returned null. */
    RequestHead head() {
        String known = path == null ? target : path;
        return new RequestHead(
                method,
                known,
                query,
                host,
                coding != null ? RequestHead.CHUNKED : length != null ? Long.parseLong(length) : RequestHead.NO_BODY,
                keepsAlive(),
                expect != null && !version10,
                acceptsJson,
                authorization,
                contentType,
                contentEncoding,
                protocolVersion,
                forwardedFor,
                retryAttempt,
                trace);
    }

    private boolean keepsAlive() {
        if (version10) {
            return false;
        }
        if (connection == null) {
            return true;
        }
        for (String option : connection.split(",", -1)) {
            if (option.trim().equalsIgnoreCase("close")) {
                return false;
            }
        }
        return true;
    }

    /** As it is usually written: each word begins with a capital. */
    private static String canonical(String lower) {
        StringBuilder name = new StringBuilder(lower);
        for (int i = 0; i < name.length(); i++) {
            if (i == 0 || name.charAt(i - 1) == '-') {
                name.setCharAt(i, Character.toUpperCase(name.charAt(i)));
            }
        }
        return name.toString();
    }

    private static boolean isLength(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS) {
            return false;
        }
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isHost(String text) {
        return text.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || ".-_:[]%~!$&'()*+;=".indexOf(c) >= 0);
    }
}
