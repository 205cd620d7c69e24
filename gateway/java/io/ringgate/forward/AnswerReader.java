package io.ringgate.forward;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.ringgate.reject.Quoted;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer out of Netty's pieces. Of the body it keeps the first bytes of the first line and counts the rest,
 * up to a limit. It releases nothing: the pieces stay their giver's.
 */
final class AnswerReader {

    private static final int MOST_BODY = 64 * 1024;
    private static final int MOST_WORDS = 200;

    private @Nullable HttpResponse head;
    private final byte[] words = new byte[MOST_WORDS];
    private final Spotter opening = new Spotter("TSDB not ready");
    private final WrongPort wrongPort = new WrongPort();
    private int kept;
    private int seen;

    void reset() {
        head = null;
        kept = 0;
        seen = 0;
        opening.reset();
        wrongPort.reset();
    }

    /** The answer's version and headers allow another request; says nothing before the answer is complete. */
    boolean allowsAnother() {
        HttpResponse answer = head;
        return answer != null && answer.protocolVersion().equals(HttpVersion.HTTP_1_1) && HttpUtil.isKeepAlive(answer);
    }

    /** Takes the next piece; null while more must come. */
    @Nullable
    Ending read(HttpObject piece) {
        DecoderResult decoded = piece.decoderResult();
        if (decoded.cause() instanceof PrematureChannelClosureException) {
            return new Ending.Cut(false, "it closed the connection");
        }
        if (decoded.isFailure()) {
            return new Ending.Garbled(Quoted.of(String.valueOf(decoded.cause().getMessage())));
        }
        if (piece instanceof HttpResponse answer) {
            head = answer;
            int status = answer.status().code();
            if (answer.protocolVersion().majorVersion() != 1 || status < 100 || status > 599) {
                return new Ending.Garbled("its status line is " + answer.protocolVersion() + " " + status);
            }
            if (status < 200) {
                return answered(answer, false);
            }
        }
        HttpResponse answer = head;
        if (answer != null && piece instanceof HttpContent content) {
            keep(content.content());
            if (answer.status().code() == 500) {
                opening.look(content.content());
            } else if (answer.status().code() == 400) {
                wrongPort.look(content.content());
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

    private Ending answered(HttpResponse answer, boolean whole) {
        int end = 0;
        while (end < kept && words[end] != '\n' && words[end] != '\r') {
            end++;
        }
        String said = Quoted.of(words, 0, end);
        if (said.isBlank()) {
            byte[] reason = answer.status().reasonPhrase().getBytes(StandardCharsets.UTF_8);
            said = Quoted.of(reason, 0, reason.length);
        }
        int status = answer.status().code();
        return new Ending.Answered(status, said, whole, opening.hasSeen(), isForeign(answer, status));
    }

    /** Receivers answer in the version they are asked in; Go's TLS listener answers plain HTTP in 1.0. */
    private boolean isForeign(HttpResponse answer, int status) {
        boolean old = !answer.protocolVersion().equals(HttpVersion.HTTP_1_1);
        return (old && status / 100 == 4) || wrongPort.isSeen();
    }
}
