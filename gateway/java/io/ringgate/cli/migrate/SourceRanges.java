package io.ringgate.cli.migrate;

import io.ringgate.edge.Address;
import io.ringgate.edge.Network;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Networks as nginx takes them, in a list by commas. {@code 10.1.2.3/8} means {@code 10.0.0.0/8} there.
 *
 * @param others what is none
 */
record SourceRanges(List<Network> networks, List<String> others) {

    private static final Pattern BETWEEN = Pattern.compile("[,\\s]+");

    static SourceRanges of(String written) {
        List<Network> networks = new ArrayList<>();
        List<String> others = new ArrayList<>();
        BETWEEN.splitAsStream(written).filter(part -> !part.isEmpty()).forEach(part -> {
            Network network = network(part);
            if (network == null) {
                others.add(part);
            } else {
                networks.add(network);
            }
        });
        return new SourceRanges(networks, others);
    }

    private static @Nullable Network network(String part) {
        Network exact = Network.parse(part);
        int slash = part.indexOf('/');
        if (exact != null || slash < 0 || !part.substring(slash + 1).matches("[0-9]{1,3}")) {
            return exact;
        }
        Address address = Address.parse(part.substring(0, slash));
        return address == null ? null : Network.parse(first(address, Integer.parseInt(part.substring(slash + 1))));
    }

    private static String first(Address address, int prefix) {
        byte[] bytes = address.toInet().getAddress();
        int rest = Math.max(0, bytes.length * Byte.SIZE - prefix);
        byte[] cut = new BigInteger(1, bytes).shiftRight(rest).shiftLeft(rest).toByteArray();
        byte[] whole = new byte[bytes.length];
        int length = Math.min(cut.length, whole.length);
        System.arraycopy(cut, cut.length - length, whole, whole.length - length, length);
        return literal(whole) + "/" + prefix;
    }

    private static String literal(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", impossible);
        }
    }
}
