package io.ringgate.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** One well-formed request of HTTP/1.1, unless a test changes it. */
public final class Request {

    public static final String PATH = "/api/v1/receive";

    private final String line;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body = new byte[0];

    private Request(String line) {
        this.line = line;
        headers.put("Host", "localhost");
    }

    public static Request of(String method, String path) {
        return new Request(method + " " + path + " HTTP/1.1");
    }

    /** A write of remote write 1.0. */
    public static Request write(String user, byte[] packed) {
        return of("POST", PATH)
                .user(user)
                .header("Content-Type", "application/x-protobuf")
                .header("Content-Encoding", "snappy")
                .body(packed);
    }

    public Request user(String user) {
        return credential(user, TestGateway.PASSWORD);
    }

    public Request credential(String user, String password) {
        return header("Authorization", basic(user, password));
    }

    /** The value of an Authorization header. */
    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    public Request header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Request without(String name) {
        headers.remove(name);
        return this;
    }

    public Request json(boolean wanted) {
        return wanted ? header("Accept", "application/json") : this;
    }

    public Request body(byte[] bytes) {
        body = bytes.clone();
        return header("Content-Length", Integer.toString(bytes.length));
    }

    /** In chunks of at most the size. */
    public Request chunked(int size) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; from += size) {
            int length = Math.min(size, body.length - from);
            chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunks.write(body, from, length);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        body = chunks.toByteArray();
        return without("Content-Length").header("Transfer-Encoding", "chunked");
    }

    /** The header alone, with its empty line. */
    public byte[] head() {
        StringBuilder head = new StringBuilder(line).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    public byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head());
        all.writeBytes(body);
        return all.toByteArray();
    }
}
