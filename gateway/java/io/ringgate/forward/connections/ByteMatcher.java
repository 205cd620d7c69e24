package io.ringgate.forward.connections;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Looks for words in a text that comes in pieces. Their first byte must not come again in them: then what was matched when
 * they break off need not be looked at twice.
 */
final class ByteMatcher {

    private final byte[] words;
    private int matched;

    ByteMatcher(String words) {
        this.words = words.getBytes(StandardCharsets.US_ASCII);
    }

    void reset() {
        matched = 0;
    }

    boolean hasSeen() {
        return matched == words.length;
    }

    /** Leaves the piece as it is. */
    void feed(ByteBuf piece) {
        for (int i = piece.readerIndex(); i < piece.writerIndex() && !hasSeen(); i++) {
            byte b = piece.getByte(i);
            if (b == words[matched]) {
                matched++;
            } else {
                matched = b == words[0] ? 1 : 0;
            }
        }
    }
}
