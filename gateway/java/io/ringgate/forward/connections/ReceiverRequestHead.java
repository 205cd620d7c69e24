package io.ringgate.forward.connections;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.ringgate.forward.ForwardSettings;
import io.ringgate.forward.OutgoingWrite;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.TraceContext;
import java.nio.charset.StandardCharsets;

/** The header of a request to one receiver, built from nothing: no header of a client is known here. */
public final class ReceiverRequestHead {

    private final byte[] before;
    private final byte[] between;
    private static final byte[] ID = ascii("\r\nX-Request-Id: ");
    private static final byte[] TRACE = ascii("\r\ntraceparent: ");
    private static final byte[] END = ascii("\r\n\r\n");

    ReceiverRequestHead(ReceiverAddress host, ForwardSettings settings) {
        before = ascii(
                "POST " + settings.path() + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: " + settings.userAgent()
                        + "\r\nContent-Type: application/x-protobuf\r\nContent-Encoding: snappy"
                        + "\r\nX-Prometheus-Remote-Write-Version: 0.1.0\r\nContent-Length: ");
        between = ascii("\r\n" + settings.tenantHeader() + ": ");
    }

    /**
     * The caller owns the buffer.
     *
     * @param span names this attempt in its trace
     */
    public ByteBuf of(OutgoingWrite write, TraceContext trace, long span, ByteBufAllocator allocator) {
        String tenant = write.tenant().value();
        String id = write.requestId();
        int size = before.length + 10 + between.length + tenant.length() + ID.length + id.length();
        size += TRACE.length + TraceContext.LENGTH + END.length;
        ByteBuf head = allocator.directBuffer(size);
        head.writeBytes(before);
        visible(Integer.toString(write.body().readableBytes()), head);
        head.writeBytes(between);
        visible(tenant, head);
        head.writeBytes(ID);
        visible(id, head);
        head.writeBytes(TRACE);
        trace.write(span, head);
        return head.writeBytes(END);
    }

    /** A request id may have come from elsewhere; whatever it holds, it cannot begin a header of its own. */
    private static void visible(String text, ByteBuf out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.writeByte(c > 0x20 && c < 0x7f ? c : '_');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
