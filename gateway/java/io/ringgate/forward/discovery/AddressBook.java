package io.ringgate.forward.discovery;

import io.ringgate.forward.ReceiverAddress;
import io.ringgate.metrics.Metrics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What names led to when they were last looked up with success. A lookup that fails or finds nothing changes nothing.
 * Any thread.
 */
final class AddressBook {

    private static final Logger LOG = LoggerFactory.getLogger(AddressBook.class);

    private final NameLookup lookup;
    private final Metrics.Counter failures;
    private final Map<ReceiverAddress, List<InetAddress>> lastGood = new ConcurrentHashMap<>();
    private final Set<ReceiverAddress> failing = ConcurrentHashMap.newKeySet();

    AddressBook(NameLookup lookup, Metrics metrics) {
        this.lookup = lookup;
        this.failures = metrics.counter("ringgate_receiver_lookup_failures_total");
    }

    /** Empty for a name that was never found. An IP address is its own. */
    List<InetAddress> of(ReceiverAddress peer) {
        InetAddress literal = literal(peer);
        return literal != null ? List.of(literal) : lastGood.getOrDefault(peer, List.of());
    }

    static boolean isName(ReceiverAddress peer) {
        return literal(peer) == null;
    }

    /** Blocks. */
    void lookUp(ReceiverAddress name) {
        String reason = "the name has no address";
        try {
            List<InetAddress> found = lookup.lookup(name.host());
            if (!found.isEmpty()) {
                lastGood.put(name, List.copyOf(found));
                if (failing.remove(name)) {
                    LOG.atInfo().addKeyValue("host", name.host()).log("receiver name found again");
                }
                return;
            }
        } catch (UnknownHostException | RuntimeException e) {
            reason = String.valueOf(e.getMessage());
        }
        failures.increment();
        if (failing.add(name)) {
            LOG.atWarn()
                    .addKeyValue("host", name.host())
                    .addKeyValue("addresses", of(name).size())
                    .addKeyValue("reason", reason)
                    .log("receiver name not found");
        }
    }

    /** Forgets all other names. */
    void retainOnly(Collection<ReceiverAddress> names) {
        lastGood.keySet().retainAll(names);
        failing.retainAll(names);
    }

    private static @Nullable InetAddress literal(ReceiverAddress peer) {
        try {
            return InetAddress.ofLiteral(peer.host());
        } catch (IllegalArgumentException isName) {
            return null;
        }
    }
}
