package io.ringgate.forward;

import io.ringgate.metrics.Metrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who the receivers are, as a snapshot that is swapped whole. Names are looked up in the background and never for a
 * write; a lookup that fails or finds nothing changes nothing. A receiver whose address stays keeps its object, and with
 * it its counts and connections.
 *
 * <p>{@link #current} is for any thread; lookups run on one thread of our own.
 */
public final class Receivers implements AutoCloseable {

    /** More addresses than this behind one name are left out: a pool on every loop is kept for each. */
    static final int MOST = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Receivers.class);

    private record Place(ReceiverAddress peer, InetSocketAddress address) {}

    private final List<ReceiverAddress> peers;
    private final boolean expand;
    private final NameLookup lookup;
    private final Metrics metrics;
    private final Metrics.Counter lookupFailures;
    private final ReceiverLabels labels;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("receiver-names").factory());
    private final Map<ReceiverAddress, List<InetAddress>> lastGood = new HashMap<>();
    private final Set<ReceiverAddress> failing = new HashSet<>();
    private Map<Place, Receiver> places = Map.of();
    private volatile List<Receiver> current = List.of();
    private final AtomicInteger changes = new AtomicInteger();

    private Receivers(List<ReceiverAddress> peers, boolean expand, NameLookup lookup, Metrics metrics) {
        this.peers = List.copyOf(peers);
        this.expand = expand;
        this.lookup = lookup;
        this.metrics = metrics;
        this.labels = new ReceiverLabels(metrics);
        this.lookupFailures = metrics.counter("ringgate_receiver_lookup_failures_total");
        metrics.gauge("ringgate_receivers", () -> current.size());
        for (ReceiverAddress peer : this.peers) {
            literal(peer).ifPresent(address -> lastGood.put(peer, List.of(address)));
        }
        swap();
    }

    /** Each entry is one receiver, by name or by address; of a name with several addresses one is taken. */
    public static Receivers of(List<ReceiverAddress> list, NameLookup lookup, Metrics metrics) {
        return new Receivers(list, false, lookup, metrics);
    }

    /** Every address behind the name is a receiver. */
    public static Receivers byDns(ReceiverAddress name, NameLookup lookup, Metrics metrics) {
        return new Receivers(List.of(name), true, lookup, metrics);
    }

    /** Looks the names up at once and then again and again. IP addresses are there without it. */
    @SuppressWarnings("FutureReturnValueIgnored") // a round catches its own failures
    public void start(Duration refresh) {
        if (peers.stream().anyMatch(peer -> literal(peer).isEmpty())) {
            background.scheduleWithFixedDelay(this::refresh, 0, refresh.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** The snapshot; the same object as long as nothing changed. */
    public List<Receiver> current() {
        return current;
    }

    /** Ends the lookups. Connections belong to the forwarders. */
    @Override
    public void close() {
        background.shutdownNow();
    }

    /** How often the snapshot was swapped; by then those that left know that they are retired. */
    int changes() {
        return changes.get();
    }

    Metrics metrics() {
        return metrics;
    }

    /** One round of lookups. Blocks. */
    synchronized void refresh() {
        for (ReceiverAddress peer : peers) {
            if (literal(peer).isEmpty()) {
                lookUp(peer);
            }
        }
        swap();
    }

    private void lookUp(ReceiverAddress peer) {
        String trouble = "the name has no address";
        try {
            List<InetAddress> found = lookup.lookup(peer.host());
            if (!found.isEmpty()) {
                lastGood.put(peer, found);
                if (failing.remove(peer)) {
                    LOG.info("the receivers' name {} is found again", peer.host());
                }
                return;
            }
        } catch (UnknownHostException | RuntimeException e) {
            trouble = String.valueOf(e.getMessage());
        }
        lookupFailures.increment();
        if (failing.add(peer)) {
            LOG.warn(
                    "the receivers' name {} is not found, {} known addresses stay: {}",
                    peer.host(),
                    lastGood.getOrDefault(peer, List.of()).size(),
                    trouble);
        }
    }

    private void swap() {
        Map<Place, Receiver> next = new LinkedHashMap<>();
        for (ReceiverAddress peer : peers) {
            for (InetAddress address : chosen(peer)) {
                Place place = new Place(peer, new InetSocketAddress(address, peer.port()));
                Receiver stays = places.get(place);
                next.put(place, stays != null ? stays : enter(place));
            }
        }
        if (!next.equals(places)) {
            Map<Place, Receiver> before = places;
            places = next;
            current = List.copyOf(next.values());
            before.forEach((place, receiver) -> {
                if (!next.containsKey(place)) {
                    receiver.retire();
                }
            });
            changes.incrementAndGet();
        }
    }

    private Receiver enter(Place place) {
        ReceiverAddress peer = place.peer();
        String label = expand ? ReceiverAddress.text(place.address().getAddress(), peer.port()) : peer.toString();
        Receiver receiver = new Receiver(peer, place.address(), labels.meters(label));
        labels.show(receiver);
        return receiver;
    }

    private List<InetAddress> chosen(ReceiverAddress peer) {
        List<InetAddress> found = lastGood.getOrDefault(peer, List.of());
        if (expand) {
            return found.stream()
                    .sorted(Comparator.comparing(InetAddress::getHostAddress))
                    .limit(MOST)
                    .toList();
        }
        // A name server that turns its answers must not move us from one good address to another.
        Optional<InetAddress> stays = found.stream()
                .filter(a -> places.containsKey(new Place(peer, new InetSocketAddress(a, peer.port()))))
                .findFirst();
        return stays.or(() -> found.stream().findFirst()).stream().toList();
    }

    private static Optional<InetAddress> literal(ReceiverAddress peer) {
        try {
            return Optional.of(InetAddress.ofLiteral(peer.host()));
        } catch (IllegalArgumentException isName) {
            return Optional.empty();
        }
    }
}
