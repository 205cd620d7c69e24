package io.ringgate.pipeline;

import io.netty.buffer.ByteBuf;
import io.ringgate.reject.Rejection;
import io.ringgate.wire.WriteCounts;

/** What the codec made of a body. */
sealed interface CodedBody {

    /** Gives back the bytes in it, if there are any. */
    void release();

    /** Refused as a whole. */
    record Unusable(Rejection rejection) implements CodedBody {
        @Override
        public void release() {}
    }

    /** Ready to be sent; the one reference to {@code packed} belongs to whoever holds this. */
    record Usable(WriteCounts tally, ByteBuf packed) implements CodedBody {
        @Override
        public void release() {
            packed.release();
        }
    }
}
