package io.ringgate.http.framing;

import io.netty.buffer.ByteBuf;

/** A body of a declared length, also of length 0. */
final class FixedBody implements BodyFrame {

    private long left;

    FixedBody(long length) {
        this.left = length;
    }

    @Override
    public boolean read(ByteBuf in, Reader reader) {
        int size = size(in, reader);
        while (size > 0) {
            left -= size;
            reader.piece(in.readSlice(size));
            size = size(in, reader);
        }
        return true;
    }

    private int size(ByteBuf in, Reader reader) {
        int there = (int) Math.min(left, in.readableBytes());
        return there == 0 ? 0 : Math.min(there, reader.wants());
    }

    @Override
    public boolean done() {
        return left == 0;
    }

    @Override
    public long left() {
        return left;
    }
}
