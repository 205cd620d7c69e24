package io.ringgate.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Loopback addresses {@code 127.x.y.1} and following for programs that all want the same port. */
final class LoopbackNet {

    private static final SplittableRandom RANDOM = new SplittableRandom();
    private static final int TRIES = 50;

    private LoopbackNet() {}

    /** Addresses without a listener at any of the ports. */
    static List<String> draw(int addresses, int... ports) {
        for (int i = 0; i < TRIES; i++) {
            String net = "127." + RANDOM.nextInt(1, 255) + "." + RANDOM.nextInt(1, 255) + ".";
            List<String> drawn =
                    IntStream.rangeClosed(1, addresses).mapToObj(n -> net + n).toList();
            if (drawn.stream().allMatch(address -> areFree(address, ports))) {
                return drawn;
            }
        }
        throw new IllegalStateException("One of the ports " + Arrays.toString(ports)
                + " is taken on all addresses, by a program that listens on 0.0.0.0.");
    }

    private static boolean areFree(String address, int... ports) {
        for (int port : ports) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
