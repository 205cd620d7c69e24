package io.ringgate.http.connections;

import io.ringgate.edge.Address;
import io.ringgate.edge.Network;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may say for whom he speaks, and in which way. Nobody, unless the operator names him.
 *
 * @param networks of the proxies
 * @param protocol whether every connection begins with a header of the PROXY protocol; then only they may connect
 * @param forwardedFor whether their X-Forwarded-For is believed
 */
public record TrustedProxies(List<Network> networks, boolean protocol, boolean forwardedFor) {

    public static final TrustedProxies NONE = new TrustedProxies(List.of(), false, false);

    /** An address as proxies write it, some with the port. */
    private static final Pattern ENTRY = Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::[0-9]{1,5})?"
            + "|([0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?::[0-9]{1,5})?|([0-9A-Fa-f:.]+)");

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /** True for a connection that carries others' requests. */
    boolean speaksForOthers(Address peer) {
        return (protocol || forwardedFor) && contains(peer);
    }

    /** True when the header of the PROXY protocol that a connection from there began with counts. */
    boolean announces(Address peer) {
        return protocol && contains(peer);
    }

    /** True when the header of a request from there is looked at. */
    public boolean believes(Address peer) {
        return forwardedFor && contains(peer);
    }

    private boolean contains(Address address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whom a trusted proxy speaks for: of its X-Forwarded-For the last that is no proxy of ours, since whatever stands before
     * it was written by that one. The first of all when every one is a proxy. Null when there stands something else instead.
     *
     * @param header all its lines in their order, joined by commas
     */
    public @Nullable Address client(String header) {
        int end = header.length();
        while (true) {
            int comma = header.lastIndexOf(',', end - 1);
            Address address = address(header.substring(comma + 1, end).strip());
            if (address == null || comma < 0 || !contains(address)) {
                return address;
            }
            end = comma;
        }
    }

    private static @Nullable Address address(String entry) {
        Matcher matcher = ENTRY.matcher(entry);
        if (!matcher.matches()) {
            return null;
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                Address address = Address.parse(matcher.group(group));
                return address == null || address.isUnspecified() ? null : address;
            }
        }
        return null;
    }
}
