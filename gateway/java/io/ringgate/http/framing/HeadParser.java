package io.ringgate.http.framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.ringgate.reject.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parses the head of an HTTP/1.1 request strictly by RFC 9112: lines end with CRLF, no line is folded, a header name is a
 * token right before its colon, a target is a path or a URL whose host is that of the Host header. What a lenient parser would
 * repair is refused: a proxy and a server that repair differently can be made to see different requests (request smuggling).
 *
 * <p>One instance per event loop: the head is copied into its array and read there.
 */
public final class HeadParser {

    static final int MOST = 32 * 1024;

    private static final ParsedHead INCOMPLETE = new ParsedHead.Incomplete();

    private final byte[] head = new byte[MOST];

    /**
     * Consumes the head when it is whole, and nothing otherwise.
     *
     * @param in starts with the first byte of a request
     * @param scan how far that request was searched before
     */
    public ParsedHead parse(ByteBuf in, HeadScan scan) {
        int start = in.readerIndex();
        int end = Math.min(in.writerIndex(), start + MOST);
        while (true) {
            int from = start + scan.line;
            int newline = ByteBufUtil.indexOf(in, start + scan.looked, end, (byte) '\n');
            if (newline < 0) {
                scan.looked = end - start;
                return scan.looked >= MOST ? tooLarge() : INCOMPLETE;
            }
            if (newline == start || in.getByte(newline - 1) != '\r') {
                return bad("a line does not end with CRLF");
            }
            if (newline == from + 1) {
                return from == start ? bad("empty line before the request line") : parse(in, newline + 1 - start);
            }
            scan.line = newline + 1 - start;
            scan.looked = scan.line;
        }
    }

    /** A head has a credential: it is wiped here and in the buffer, which others may get next. */
    private ParsedHead parse(ByteBuf in, int length) {
        int start = in.readerIndex();
        in.readBytes(head, 0, length);
        in.setZero(start, length);
        try {
            return parsed(length);
        } finally {
            Arrays.fill(head, 0, length, (byte) 0);
        }
    }

    private ParsedHead parsed(int length) {
        int line = lineEnd(0);
        HeaderFields fields = new HeaderFields();
        String fault = requestLine(fields, line);
        for (int at = line + 2; fault == null && at < length - 2; ) {
            int endOfLine = lineEnd(at);
            fault = header(fields, at, endOfLine);
            at = endOfLine + 2;
        }
        if (fault == null) {
            fault = fields.fault();
        }
        return fault == null ? new ParsedHead.Complete(fields.head()) : bad(fault);
    }

    /** Every line of the copied head is known to end with CR LF. */
    private int lineEnd(int from) {
        int at = from;
        while (head[at] != '\n') {
            at++;
        }
        return at - 1;
    }

    private @Nullable String requestLine(HeaderFields fields, int end) {
        int method = 0;
        while (method < end && isToken(head[method])) {
            method++;
        }
        if (method == 0 || method > 32 || method == end || head[method] != ' ') {
            return "the request line does not begin with a method and one space";
        }
        int target = method + 1;
        while (target < end && head[target] > ' ' && head[target] < 0x7f) {
            target++;
        }
        if (target == method + 1 || target == end || head[target] != ' ') {
            return "the request target is empty or has characters other than printable ASCII";
        }
        String version = text(target + 1, end);
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            return "unsupported HTTP version, use HTTP/1.1";
        }
        fields.requestLine(text(0, method), text(method + 1, target), version.equals("HTTP/1.0"));
        return null;
    }

    private @Nullable String header(HeaderFields fields, int from, int end) {
        if (head[from] == ' ' || head[from] == '\t') {
            return "folded header line";
        }
        int colon = from;
        while (colon < end && isToken(head[colon])) {
            colon++;
        }
        if (colon == from || colon == end || head[colon] != ':') {
            return "invalid header name";
        }
        int first = colon + 1;
        while (first < end && isBlank(head[first])) {
            first++;
        }
        int last = end;
        while (last > first && isBlank(head[last - 1])) {
            last--;
        }
        for (int i = first; i < last; i++) {
            byte b = head[i];
            if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
                return "control character in a header value";
            }
        }
        return fields.header(head, from, colon - from, first, last - first);
    }

    private String text(int from, int end) {
        return new String(head, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** The characters of an HTTP token. */
    static boolean isToken(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || (b > ' ' && b < 0x7f && "!#$%&'*+-.^_`|~".indexOf(b) >= 0);
    }

    private static ParsedHead bad(String fault) {
        return new ParsedHead.Bad(Reason.BAD_FRAMING, fault);
    }

    private static ParsedHead tooLarge() {
        return new ParsedHead.Bad(
                Reason.HEADERS_TOO_LARGE, "request line and headers are larger than " + MOST / 1024 + " KiB");
    }
}
