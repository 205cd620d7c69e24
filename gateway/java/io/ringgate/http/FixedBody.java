package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** A body of a declared length, also of length 0. */
final class FixedBody implements BodyFrame {

    private long left;

    FixedBody(long length) {
        this.left = length;
    }

    @Override
    public boolean take(ByteBuf in, Consumer<ByteBuf> content) {
        int size = (int) Math.min(left, in.readableBytes());
        if (size > 0) {
            left -= size;
            content.accept(in.readSlice(size));
        }
        return true;
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
