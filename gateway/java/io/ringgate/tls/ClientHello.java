package io.ringgate.tls;

import io.netty.buffer.ByteBuf;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the server name in the first message of a TLS connection, before any engine exists (RFC 8446, 4.1.2, and RFC 6066, 3).
 * What is no well-formed ClientHello has no name here: the engine that gets it refuses it with the right alert.
 *
 * <pre>
 *   record   | 22 | 3 x | length | fragment ... |   one ClientHello may lie in several records
 *   message  | 1 | length (3) | version random session ciphers compression | extensions: ... 0 = server_name ... |
 * </pre>
 */
sealed interface ClientHello {

    /** The largest message that is waited for. Browsers and agents send half a KiB, with post-quantum keys two. */
    int LARGEST = 16 << 10;

    /** More has to come before anything can be said. */
    record Incomplete() implements ClientHello {}

    /** The message is larger than {@link #LARGEST}. */
    record TooLarge(int declared) implements ClientHello {}

    /** It is whole, or nothing that could ever become one. */
    record Whole(@Nullable String serverName) implements ClientHello {}

    /** Reads without consuming. {@code in} begins with a record. */
    static ClientHello read(ByteBuf in) {
        byte[] message = new byte[in.readableBytes()];
        int length = 0;
        int at = in.readerIndex();
        boolean whole = true;
        while (in.writerIndex() - at >= TlsRecord.HEADER) {
            if (in.getByte(at) != TlsRecord.HANDSHAKE) {
                return new Whole(null);
            }
            int fragment = in.getUnsignedShort(at + 3);
            int there = Math.min(fragment, in.writerIndex() - at - TlsRecord.HEADER);
            in.getBytes(at + TlsRecord.HEADER, message, length, there);
            length += there;
            at += TlsRecord.HEADER + fragment;
            whole = there == fragment;
        }
        return judge(ByteBuffer.wrap(message, 0, length), whole);
    }

    private static ClientHello judge(ByteBuffer message, boolean whole) {
        if (message.remaining() < 4) {
            return new Incomplete();
        }
        int type = message.get();
        int declared = ((message.get() & 0xff) << 16) | (message.getShort() & 0xffff);
        if (type != 1) {
            return new Whole(null);
        }
        if (declared > LARGEST) {
            return new TooLarge(declared);
        }
        // The record that holds its end must be whole, too: only whole records are passed on.
        if (message.remaining() < declared || !whole) {
            return new Incomplete();
        }
        message.limit(message.position() + declared);
        try {
            return new Whole(serverName(message));
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            return new Whole(null);
        }
    }

    private static @Nullable String serverName(ByteBuffer hello) {
        skip(hello, 2 + 32);
        skip(hello, hello.get() & 0xff);
        skip(hello, hello.getShort() & 0xffff);
        skip(hello, hello.get() & 0xff);
        if (!hello.hasRemaining()) {
            return null;
        }
        skip(hello, 2);
        while (hello.hasRemaining()) {
            int extension = hello.getShort() & 0xffff;
            int length = hello.getShort() & 0xffff;
            if (extension == 0) {
                return firstHostName(hello, length);
            }
            skip(hello, length);
        }
        return null;
    }

    private static @Nullable String firstHostName(ByteBuffer hello, int length) {
        if (length < 5 || hello.remaining() < length) {
            return null;
        }
        skip(hello, 2);
        int kind = hello.get();
        byte[] name = new byte[Math.min(hello.getShort() & 0xffff, hello.remaining())];
        hello.get(name);
        return kind == 0 ? new String(name, StandardCharsets.US_ASCII) : null;
    }

    private static void skip(ByteBuffer hello, int bytes) {
        hello.position(hello.position() + bytes);
    }
}
