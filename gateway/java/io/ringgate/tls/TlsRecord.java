package io.ringgate.tls;

import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.NotSslRecordException;
import javax.net.ssl.SSLException;

/** The frame of a TLS record: type, version, length of what follows (RFC 8446, 5.1). */
final class TlsRecord {

    static final int HEADER = 5;
    static final int HANDSHAKE = 22;

    /** Of the fragment: 16 KiB, and what encryption of TLS 1.2 may add. */
    static final int LARGEST_FRAGMENT = (16 << 10) + 2048;

    private static final int FIRST_TYPE = 20;
    private static final int LAST_TYPE = 24;

    private TlsRecord() {}

    /**
     * The length of the record with its header.
     *
     * @param at where its header begins, all of which is there
     */
    static int length(ByteBuf in, int at) throws SSLException {
        int type = in.getByte(at);
        if (type < FIRST_TYPE || type > LAST_TYPE || in.getByte(at + 1) != 3) {
            throw new NotSslRecordException("no TLS record begins with the byte " + (type & 0xff));
        }
        int fragment = in.getUnsignedShort(at + 3);
        if (fragment > LARGEST_FRAGMENT) {
            throw new SSLException("a TLS record of " + fragment + " bytes, the largest has " + LARGEST_FRAGMENT);
        }
        return HEADER + fragment;
    }
}
