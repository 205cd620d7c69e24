package io.ringgate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy on a loopback port. A new connection goes to the first server that accepts it, as behind a virtual
 * address that fails over.
 */
public final class TcpRelay implements AutoCloseable {

    private final ServerSocket entrance;
    private final List<InetSocketAddress> servers;
    private volatile Duration delay = Duration.ZERO;

    private TcpRelay(ServerSocket entrance, List<InetSocketAddress> servers) {
        this.entrance = entrance;
        this.servers = servers;
    }

    /** To servers that are given as {@code address:port}. */
    public static TcpRelay to(String... servers) {
        return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), servers);
    }

    /** The same, listening on this address. */
    public static TcpRelay at(InetSocketAddress entrance, String... servers) {
        try {
            TcpRelay relay = new TcpRelay(
                    new ServerSocket(entrance.getPort(), 0, entrance.getAddress()),
                    List.of(servers).stream().map(TcpRelay::address).toList());
            Thread.ofVirtual().start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress address(String text) {
        String[] parts = text.split(":", 2);
        return new InetSocketAddress(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Delays everything that servers send by this from now on. */
    public void delayAnswers(Duration by) {
        delay = by;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Thread.ofVirtual().start(() -> join(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void join(Socket client) {
        for (InetSocketAddress server : servers) {
            Socket socket = new Socket();
            try {
                socket.connect(server, 1_000);
            } catch (IOException dead) {
                close(socket);
                continue;
            }
            Thread.ofVirtual().start(() -> pass(client, socket, false));
            pass(socket, client, true);
            return;
        }
        close(client);
    }

    /** Until one side ends; then both do. */
    private void pass(Socket from, Socket to, boolean late) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (late) {
                    LockSupport.parkNanos(delay.toNanos());
                }
                to.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException ended) {
            // By either side, or by the test.
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts no connection any more; open ones end with their servers. */
    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
