package io.ringgate.cli.migrate;

import io.ringgate.edge.Address;
import io.ringgate.edge.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Networks as nginx takes them, in a list by commas. {@code 10.1.2.3/8} means {@code 10.0.0.0/8} there.
 *
 * @param others what is none
 */
record NetworkList(List<Network> networks, List<String> others) {

    private static final Pattern BETWEEN = Pattern.compile("[,\\s]+");

    static NetworkList of(String written) {
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
        return new NetworkList(networks, others);
    }

    private static @Nullable Network network(String part) {
        Network exact = Network.parse(part);
        int slash = part.indexOf('/');
        if (exact != null || slash < 0 || !part.substring(slash + 1).matches("[0-9]{1,3}")) {
            return exact;
        }
        Address address = Address.parse(part.substring(0, slash));
        return address == null ? null : Network.around(address, Integer.parseInt(part.substring(slash + 1)));
    }
}
