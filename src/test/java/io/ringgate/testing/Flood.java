package io.ringgate.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * A client that sends a body as fast as possible, never waits for an answer, and measures how much of it the gateway
 * read: what this client sent and no socket's queue holds.
 */
public final class Flood {

    private static final Duration MOST = Duration.ofSeconds(15);
    private static final Duration STILL = Duration.ofMillis(500);

    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocate(16 * 1024);
    private long pushed;
    private long read;
    private boolean ended;
    private boolean broken;

    private Flood(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * The result.
     *
     * @param answer the bytes that came back
     * @param read how much of the body the gateway read, headers aside
     * @param ended whether the gateway ended its half properly
     */
    public record Result(String answer, long read, boolean ended) {}

    /** Pushes until nothing is taken any more. */
    public static Result of(int port, byte[] head, long size) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(head));
            channel.configureBlocking(false);
            return new Flood(channel).run(size);
        }
    }

    private Result run(long size) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(64 * 1024);
        long quietSince = System.nanoTime();
        long end = System.nanoTime() + MOST.toNanos();
        while (System.nanoTime() - end < 0) {
            boolean sent = push(piece, size);
            boolean got = pull();
            if (sent || got) {
                quietSince = System.nanoTime();
            } else if (System.nanoTime() - quietSince > STILL.toNanos() && answer.position() > 0) {
                break;
            }
            if (!broken) {
                read = Math.max(read, pushed - queued());
            }
        }
        String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
        return new Result(text, read, ended);
    }

    private boolean push(ByteBuffer piece, long size) {
        if (broken || pushed >= size) {
            return false;
        }
        try {
            int written = channel.write(piece.clear());
            pushed += written;
            return written > 0;
        } catch (IOException reset) {
            broken = true;
            return false;
        }
    }

    private boolean pull() {
        try {
            int got = ended ? 0 : channel.read(answer);
            ended |= got < 0;
            return got > 0;
        } catch (IOException reset) {
            broken = true;
            return false;
        }
    }

    /** Bytes on their way from here to the gateway, as the kernel reports them. */
    private long queued() throws IOException {
        int mine = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        long sum = 0;
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            for (String line : Files.readAllLines(Path.of(table), StandardCharsets.US_ASCII)) {
                String[] fields = line.trim().split("\\s+", -1);
                if (fields.length > 4 && fields[1].endsWith(hex(mine))) {
                    sum += Long.parseLong(fields[4].substring(0, 8), 16);
                } else if (fields.length > 4 && fields[2].endsWith(hex(mine))) {
                    sum += Long.parseLong(fields[4].substring(9), 16);
                }
            }
        }
        return sum;
    }

    private static String hex(int port) {
        return String.format(Locale.ROOT, ":%04X", port);
    }
}
