package io.ringgate.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Many clients at one address of this machine that all send the same and never read unless a test asks for it. Nothing
 * here waits.
 */
public final class ManyClients implements AutoCloseable {

    private final List<SocketChannel> members = new ArrayList<>();
    private final InetAddress address;
    private final int port;

    public ManyClients(String address, int port) {
        this.address = InetAddress.ofLiteral(address);
        this.port = port;
    }

    /** Opens more connections, each with a receive buffer of this size. */
    public ManyClients join(int count, int receiveBuffer) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel member = SocketChannel.open();
            members.add(member);
            member.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            member.bind(new InetSocketAddress(address, 0));
            member.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            member.configureBlocking(false);
        }
        return this;
    }

    public ManyClients join(int count) throws IOException {
        return join(count, 64 << 10);
    }

    /** Each sends as much of it as its socket takes; closed ones send nothing. */
    public ManyClients send(byte[] bytes) {
        for (SocketChannel member : members) {
            try {
                member.write(ByteBuffer.wrap(bytes));
            } catch (IOException cutOff) {
                // The gateway closed this connection, as the test expects.
            }
        }
        return this;
    }

    /** How many the other side has not closed; what they received is read and dropped. */
    public int open() {
        ByteBuffer rest = ByteBuffer.allocate(64 << 10);
        int open = 0;
        for (SocketChannel member : members) {
            try {
                int read;
                do {
                    rest.clear();
                    read = member.read(rest);
                } while (read > 0);
                open += read < 0 ? 0 : 1;
            } catch (IOException reset) {
                // Closed, too.
            }
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel member : members) {
            member.close();
        }
    }
}
