package io.ringgate.config.yaml;

import io.ringgate.edge.Address;
import io.ringgate.edge.Network;
import org.jspecify.annotations.Nullable;

/** A network, or one address. */
final class NetworkKind {

    private NetworkKind() {}

    static Network read(String text) throws InvalidValue {
        Network network = Network.parse(text);
        if (network != null) {
            return network;
        }
        Network around = around(text);
        throw new InvalidValue(
                around == null
                        ? "is not a network, write for example " + Network.RULE
                        : "is an address inside of a network, write " + around + " for the network or "
                                + text.substring(0, text.indexOf('/')) + " for the one address");
    }

    /** The network that an address with a prefix is in; null where the text is nothing of that kind. */
    private static @Nullable Network around(String text) {
        int slash = text.indexOf('/');
        Address address = slash < 0 ? null : Address.parse(text.substring(0, slash));
        String prefix = text.substring(slash + 1);
        return address == null || !prefix.matches("[0-9]{1,3}")
                ? null
                : Network.around(address, Integer.parseInt(prefix));
    }
}
