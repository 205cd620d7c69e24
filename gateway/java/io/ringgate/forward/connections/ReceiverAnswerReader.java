package io.ringgate.forward.connections;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.ringgate.forward.Outcome;
import io.ringgate.reject.EscapedText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer out of Netty's pieces. Of the body it keeps the first KiB and counts the rest, up to a limit. It
 * releases nothing: the pieces stay their giver's. An answer that says stored and has no body allocates nothing.
 */
final class ReceiverAnswerReader {

    private static final int MOST_BODY = 64 * 1024;
    private static final int MOST_WORDS = 1024;

    /** A receiver that stored a write has little to say. */
    private static final int MOST_STORED_BODY = 1024;

    private final ResponseClassifier classifier;
    private @Nullable HttpResponse head;
    private final byte[] words = new byte[MOST_WORDS];
    private final ByteMatcher opening = new ByteMatcher("TSDB not ready");
    private final WrongPortDetector wrongPort = new WrongPortDetector();
    private int kept;
    private int seen;
    private boolean whole;

    ReceiverAnswerReader(ResponseClassifier classifier) {
        this.classifier = classifier;
    }

    void reset() {
        head = null;
        kept = 0;
        seen = 0;
        whole = false;
        opening.reset();
        wrongPort.reset();
    }

    /** The answer's version and headers allow another request; says nothing before the answer is complete. */
    boolean allowsAnother() {
        HttpResponse answer = head;
        return answer != null && answer.protocolVersion().equals(HttpVersion.HTTP_1_1) && HttpUtil.isKeepAlive(answer);
    }

    /** The answer was read to its end, so the connection stands where the next one begins. */
    boolean isWhole() {
        return whole;
    }

    /** What the answer says of its time, as it stands there. */
    @Nullable
    String date() {
        HttpResponse answer = head;
        return answer == null ? null : answer.headers().get(HttpHeaderNames.DATE);
    }

    /** Takes the next piece; null while more must come. */
    @Nullable
    Outcome read(HttpObject piece) {
        DecoderResult decoded = piece.decoderResult();
        if (decoded.cause() instanceof PrematureChannelClosureException) {
            return classifier.cut(false, "it closed the connection");
        }
        if (decoded.isFailure()) {
            return classifier.notHttp(
                    EscapedText.of(String.valueOf(decoded.cause().getMessage())));
        }
        if (piece instanceof HttpResponse answer) {
            head = answer;
            int status = answer.status().code();
            if (answer.protocolVersion().majorVersion() != 1 || status < 100 || status > 599) {
                return classifier.notHttp("its status line is " + answer.protocolVersion() + " " + status);
            }
            if (status < 200) {
                return answered(answer, false);
            }
        }
        HttpResponse answer = head;
        if (answer != null && piece instanceof HttpContent content) {
            keep(content.content());
            if (answer.status().code() == 500) {
                opening.feed(content.content());
            } else if (answer.status().code() == 400) {
                wrongPort.feed(content.content());
            }
            if (seen > MOST_BODY) {
                return answered(answer, false);
            }
            if (piece instanceof LastHttpContent) {
                return answered(answer, true);
            }
        }
        return null;
    }

    private void keep(ByteBuf content) {
        int more = Math.min(MOST_WORDS - kept, content.readableBytes());
        content.getBytes(content.readerIndex(), words, kept, more);
        kept += more;
        seen += content.readableBytes();
    }

    private Outcome answered(HttpResponse answer, boolean whole) {
        this.whole = whole;
        int status = answer.status().code();
        ReceiverAnswer.Media media = media(answer);
        boolean little =
                media == ReceiverAnswer.Media.NONE || (media == ReceiverAnswer.Media.PLAIN && seen <= MOST_STORED_BODY);
        if (whole && little && classifier.isStored(status)) {
            return classifier.stored();
        }
        return classifier.answered(new ReceiverAnswer(
                status,
                media,
                firstLine(),
                answer.status().reasonPhrase(),
                whole,
                opening.hasSeen(),
                isForeign(answer, status)));
    }

    /** What the operators of proxies write is HTML more often than its header says. */
    private ReceiverAnswer.Media media(HttpResponse answer) {
        String type = answer.headers().get(HttpHeaderNames.CONTENT_TYPE);
        if (isOf(type, "text/html") || isOf(type, "application/xhtml") || begins('<')) {
            return ReceiverAnswer.Media.HTML;
        }
        if (seen == 0) {
            return ReceiverAnswer.Media.NONE;
        }
        boolean coded = answer.headers().contains(HttpHeaderNames.CONTENT_ENCODING);
        boolean text = type == null || isOf(type, "text/plain");
        return text && !coded && !begins('{') && !begins('[') ? ReceiverAnswer.Media.PLAIN : ReceiverAnswer.Media.OTHER;
    }

    private static boolean isOf(@Nullable String type, String wanted) {
        return type != null && type.regionMatches(true, 0, wanted, 0, wanted.length());
    }

    /** White space and a byte order mark may stand before it. */
    private boolean begins(char wanted) {
        int at = 0;
        while (at < kept
                && (words[at] == ' '
                        || words[at] == '\t'
                        || words[at] == '\r'
                        || words[at] == '\n'
                        || words[at] == (byte) 0xef
                        || words[at] == (byte) 0xbb
                        || words[at] == (byte) 0xbf)) {
            at++;
        }
        return at < kept && words[at] == wanted;
    }

    /** Of a line that was not kept whole the last word goes: it may be the beginning of an address. */
    private String firstLine() {
        int end = 0;
        while (end < kept && words[end] != '\n' && words[end] != '\r') {
            end++;
        }
        int cut = end;
        if (end == kept && seen > kept) {
            while (cut > 0 && words[cut - 1] != ' ') {
                cut--;
            }
        }
        return new String(words, 0, cut == 0 ? end : cut, StandardCharsets.ISO_8859_1);
    }

    /** Receivers answer in the version they are asked in; Go's TLS listener answers plain HTTP in 1.0. */
    private boolean isForeign(HttpResponse answer, int status) {
        boolean old = !answer.protocolVersion().equals(HttpVersion.HTTP_1_1);
        return (old && status / 100 == 4) || wrongPort.isSeen();
    }
}
