package io.ringgate.http.connections;

import io.ringgate.edge.Address;
import io.ringgate.edge.Network;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which proxies are trusted to name the client they speak for, and by which protocol. None, unless the operator configures
 * them.
 *
 * @param networks of the proxies
 * @param protocol whether every connection begins with a PROXY protocol header; then only they may connect
 * @param forwardedFor whether their X-Forwarded-For is used
 */
public record TrustedProxies(List<Network> networks, boolean protocol, boolean forwardedFor) {

    public static final TrustedProxies NONE = new TrustedProxies(List.of(), false, false);

    /** An address as proxies write it, some with the port. */
    private static final Pattern ENTRY = Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::[0-9]{1,5})?"
            + "|([0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?::[0-9]{1,5})?|([0-9A-Fa-f:.]+)");

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /** Whether a connection from there may carry requests of others. */
    boolean isProxy(Address peer) {
        return (protocol || forwardedFor) && contains(peer);
    }

    /** Whether the PROXY protocol header of a connection from there is used. */
    boolean trustsProxyProtocolOf(Address peer) {
        return protocol && contains(peer);
    }

    /** Whether X-Forwarded-For of a request from there is used. */
    public boolean trustsForwardedForOf(Address peer) {
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
     * The client that a trusted proxy speaks for: the last address of X-Forwarded-For that is no trusted proxy, since that client
     * wrote everything before it. The first address when all are trusted proxies. Null when that entry is no address.
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
