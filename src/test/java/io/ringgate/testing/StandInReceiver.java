package io.ringgate.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A fake receiver: accepts writes over HTTP/1.1 on 127.0.0.1, keeps them, and answers as the test sets. */
public final class StandInReceiver implements AutoCloseable {

    /** What a request gets. */
    public sealed interface Reply {

        static Reply status(int status, String words) {
            return new Say("HTTP/1.1 " + status + " Words\r\nContent-Length: " + words.length() + "\r\n\r\n" + words);
        }

        static Reply stored() {
            return new Say("HTTP/1.1 204 No Content\r\n\r\n");
        }

        /** Stored, at this time on the receiver's clock. */
        static Reply storedAt(Instant time) {
            String date = DateTimeFormatter.RFC_1123_DATE_TIME
                    .withLocale(Locale.ROOT)
                    .format(time.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
            // Java writes the days before the tenth with one digit.
            String twoDigits = date.charAt(6) == ' ' ? date.substring(0, 5) + "0" + date.substring(5) : date;
            return new Say("HTTP/1.1 204 No Content\r\nDate: " + twoDigits + "\r\n\r\n");
        }

        record Say(String bytes) implements Reply {}

        /** The other reply, but not before the gate is open. */
        record After(CountDownLatch gate, Reply then) implements Reply {}

        /** Nothing, for as long as the connection lives. */
        record Never() implements Reply {}

        record HangUp() implements Reply {}

        /** What suits the request. */
        record Fitting(Function<ReceivedWrite, Reply> choice) implements Reply {}

        /** The first reply as long as some are left, then the other. */
        record First(AtomicInteger left, Reply first, Reply then) implements Reply {}
    }

    private final Queue<ReceivedWrite> received = new ConcurrentLinkedQueue<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile Reply reply = Reply.stored();
    private volatile ServerSocket server;

    private StandInReceiver(ServerSocket server) {
        this.server = server;
    }

    public static StandInReceiver start() {
        return start("127.0.0.1");
    }

    /** On an address of the loopback network, at any port. */
    public static StandInReceiver start(String host) {
        return start(host, 0);
    }

    /** On a loopback address of its own, since all receivers of rings take writes at one port. */
    public static StandInReceiver start(String host, int port) {
        StandInReceiver receiver = new StandInReceiver(open(new InetSocketAddress(InetAddress.ofLiteral(host), port)));
        receiver.serve();
        return receiver;
    }

    private static ServerSocket open(SocketAddress address) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(address);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The IP address it listens on. */
    public String host() {
        return server.getInetAddress().getHostAddress();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The reply to every request from now on. */
    public void reply(Reply reply) {
        this.reply = reply;
    }

    public List<ReceivedWrite> received() {
        return List.copyOf(received);
    }

    public ReceivedWrite onlyOne() {
        if (received.size() != 1) {
            throw new AssertionError("one write was expected, but it was " + received.size());
        }
        return received.element();
    }

    /** Forgets the requests so far. */
    public void forget() {
        received.clear();
    }

    /** Back to its first state, on the same port. */
    public void reset() {
        reply = Reply.stored();
        received.clear();
        if (server.isClosed()) {
            server = open(server.getLocalSocketAddress());
            serve();
        }
    }

    private void serve() {
        ServerSocket mine = server;
        Thread.ofVirtual().start(() -> {
            while (!mine.isClosed()) {
                try {
                    Socket socket = mine.accept();
                    connections.add(socket);
                    if (mine.isClosed()) {
                        // Killed between the two lines above: only this thread knows of the connection.
                        socket.close();
                    }
                    Thread.ofVirtual().start(() -> converse(socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void converse(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (answer(socket, read(in), reply)) {
                // The next request of this connection.
            }
        } catch (IOException | InterruptedException gone) {
            // The gateway or the test closed the connection.
        } finally {
            connections.remove(socket);
        }
    }

    private boolean answer(Socket socket, ReceivedWrite write, Reply with) throws IOException, InterruptedException {
        switch (with) {
            case Reply.Say(String bytes) -> {
                received.add(write);
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                return true;
            }
            case Reply.After(CountDownLatch gate, Reply then) -> {
                gate.await();
                return answer(socket, write, then);
            }
            case Reply.Never() -> {
                received.add(write);
                return socket.getInputStream().read() >= 0;
            }
            case Reply.First(AtomicInteger left, Reply first, Reply then) -> {
                return answer(socket, write, left.getAndDecrement() > 0 ? first : then);
            }
            case Reply.Fitting(Function<ReceivedWrite, Reply> choice) -> {
                return answer(socket, write, choice.apply(write));
            }
            case Reply.HangUp() -> {
                received.add(write);
                return false;
            }
        }
    }

    private static ReceivedWrite read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException();
            }
            head.write(b);
        }
        List<String> lines = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
        ReceivedWrite empty = new ReceivedWrite(lines.getFirst(), lines.subList(1, lines.size() - 1), new byte[0]);
        byte[] body = in.readNBytes(Integer.parseInt(empty.header("Content-Length")));
        return new ReceivedWrite(empty.requestLine(), empty.headers(), body);
    }

    /** Accepts no connection any more and closes the open ones, like a process that is killed. */
    public void kill() {
        try {
            server.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
