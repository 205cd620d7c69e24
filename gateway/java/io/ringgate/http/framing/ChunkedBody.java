package io.ringgate.http.framing;

import io.netty.buffer.ByteBuf;

/**
 * A body in chunks, by RFC 9112 section 7.1 without leniency: a size of 1 to 15 hexadecimal digits, CR LF after it and
 * after every chunk. Extensions and trailers are read past, never kept, and bounded.
 */
final class ChunkedBody implements BodyFrame {

    private enum At {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER,
        TRAILER_LF,
        END_LF,
        DONE
    }

    private static final int MOST_DIGITS = 15;
    private static final int MOST_EXTRA = 8 * 1024;

    private At at = At.SIZE;
    private long size;
    private int digits;
    private int extra;

    @Override
    public boolean read(ByteBuf in, Reader reader) {
        while (in.isReadable() && at != At.DONE) {
            if (at == At.DATA) {
                int some = Math.min((int) Math.min(size, in.readableBytes()), reader.wants());
                if (some == 0) {
                    return true;
                }
                size -= some;
                at = size == 0 ? At.DATA_CR : At.DATA;
                reader.piece(in.readSlice(some));
            } else if (!step(in.readByte())) {
                return false;
            }
        }
        return true;
    }

    private boolean step(byte b) {
        return switch (at) {
            case SIZE -> size(b);
            case EXTENSION -> extension(b);
            case SIZE_LF -> lineFeed(b, size == 0 ? At.TRAILER_START : At.DATA);
            case DATA_CR -> expect(b, '\r', At.DATA_LF);
            case DATA_LF -> {
                size = 0;
                digits = 0;
                yield expect(b, '\n', At.SIZE);
            }
            case TRAILER_START -> b == '\r' ? go(At.END_LF) : isBlank(b) ? false : trailer(b);
            case TRAILER -> trailer(b);
            case TRAILER_LF -> expect(b, '\n', At.TRAILER_START);
            case END_LF -> expect(b, '\n', At.DONE);
            case DATA, DONE -> throw new IllegalStateException(at.name());
        };
    }

    private boolean size(byte b) {
        int digit = Character.digit(b, 16);
        if (digit >= 0 && b > 0) {
            size = size << 4 | digit;
            return ++digits <= MOST_DIGITS;
        }
        if (digits == 0) {
            return false;
        }
        return b == '\r' ? go(At.SIZE_LF) : b == ';' && go(At.EXTENSION);
    }

    private boolean extension(byte b) {
        return b == '\r' ? go(At.SIZE_LF) : isText(b);
    }

    private boolean trailer(byte b) {
        return b == '\r' ? go(At.TRAILER_LF) : isText(b) && go(At.TRAILER);
    }

    private boolean lineFeed(byte b, At next) {
        return expect(b, '\n', next);
    }

    private boolean expect(byte b, char wanted, At next) {
        return b == wanted && go(next);
    }

    private boolean go(At next) {
        at = next;
        return true;
    }

    private boolean isText(byte b) {
        return ++extra <= MOST_EXTRA && (b < 0 || b >= ' ' || b == '\t') && b != 0x7f;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    @Override
    public boolean done() {
        return at == At.DONE;
    }

    @Override
    public long left() {
        return at == At.DONE ? 0 : Long.MAX_VALUE;
    }
}
