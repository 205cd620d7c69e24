package io.ringgate.forward.attempts;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A receiver for tests: a real socket, and a script that plays once for each connection, on a thread of its own. */
public final class FakeReceiver implements AutoCloseable {

    public interface Script {
        void play(Peer peer) throws Exception;
    }

    public record Request(String head, ByteBuffer body) {}

    /** One accepted connection. */
    public record Peer(Socket socket, InputStream in, OutputStream out, List<Request> requests) {

        /** The next request whole; null when the sender closed. */
        @Nullable
        Request request() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            int newlines = 0;
            while (newlines < 2) {
                int b = in.read();
                if (b < 0) {
                    return null;
                }
                head.write(b);
                newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
            }
            String text = head.toString(StandardCharsets.US_ASCII);
            int at = text.indexOf("Content-Length: ") + 16;
            int length = Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
            Request request = new Request(text, ByteBuffer.wrap(in.readNBytes(length)));
            requests.add(request);
            return request;
        }

        void say(String bytes) throws IOException {
            out.write(bytes.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        /** Closes by a reset instead of a goodbye. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits for the sender's close. */
        void drain() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    public FakeReceiver(Script script) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), script);
    }

    public FakeReceiver(ServerSocket server, Script script) {
        this.server = server;
        Thread.ofVirtual().start(() -> accept(script));
    }

    /** Gives each request of a connection the next answer, and the last one to all that follow. */
    public static Script answering(String... answers) {
        return peer -> {
            for (int i = 0; peer.request() != null; i++) {
                peer.say(answers[Math.min(i, answers.length - 1)]);
            }
        };
    }

    public static String answer(int status, String body) {
        return "HTTP/1.1 " + status + " Some Reason\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    public int port() {
        return server.getLocalPort();
    }

    public int connections() {
        return accepted.get();
    }

    public int endedConnections() {
        return ended.get();
    }

    public List<Request> requests() {
        return requests;
    }

    private void accept(Script script) {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                if (server.isClosed()) {
                    socket.close();
                }
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> play(script, socket));
            }
        } catch (IOException closed) {
            // Whoever closed the listener closes the connections too: none may be forgotten here before he did.
        }
    }

    private void play(Script script, Socket socket) {
        try (socket) {
            script.play(new Peer(
                    socket, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream(), requests));
        } catch (Exception gone) {
            sockets.remove(socket);
        } finally {
            ended.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
