package io.ringgate.config.yaml;

import io.ringgate.edge.Network;
import java.util.List;

/** {@code trusted_proxies}, and which listeners accept client addresses from them. */
final class ProxiesReader {

    private final Section root;
    private final List<LocatedValue<Network>> trusted;
    private boolean asked;

    ProxiesReader(Section root) {
        this.root = root;
        this.trusted = root.list("trusted_proxies", IdentitiesReader.NETWORK);
    }

    /** A flag of a listener that has a meaning only when proxies are trusted. */
    boolean read(Section listener, String key) {
        boolean wanted = listener.read(key, ValueKind.FLAG, false);
        if (wanted && !root.has("trusted_proxies")) {
            listener.error(key, "no proxy is trusted to say where clients come from, write trusted_proxies at the top");
        }
        asked |= wanted;
        return wanted;
    }

    List<Network> trusted() {
        return trusted.stream().map(LocatedValue::value).toList();
    }

    /** After all listeners. */
    void end() {
        if (root.emptyList("trusted_proxies")) {
            root.error("trusted_proxies", "is empty, write the networks of your load balancers, or leave the key out");
        } else if (!trusted.isEmpty() && !asked) {
            root.warning(
                    "trusted_proxies",
                    "has no effect, write proxy_protocol: true or forwarded_for: true at a listener");
        }
        for (LocatedValue<Network> proxy : trusted) {
            if (proxy.value().prefix() == 0) {
                root.warning(
                        proxy.position(),
                        proxy.value()
                                + " trusts every address to say who the client is, write the networks of your load balancers");
            }
        }
    }
}
