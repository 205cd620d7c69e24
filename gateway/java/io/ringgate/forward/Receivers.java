package io.ringgate.forward;

import io.ringgate.edge.TenantId;
import io.ringgate.metrics.Metrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who the receivers are and which of them take a tenant's writes, as a snapshot that is swapped whole. Names are looked
 * up in the background and never for a write. A receiver whose address stays keeps its object, and with it its counts
 * and connections, also when it moves to another ring; several rings that name it share the one object.
 *
 * <p>What reads the snapshot is for any thread; rounds of lookups run on a thread of our own.
 */
public final class Receivers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Receivers.class);

    /** More addresses than this behind one name are left out: a pool on every loop is kept for each. */
    static final int MOST = 256;

    /** How long new rings, and a round of lookups, wait for their names. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private record Place(ReceiverAddress peer, InetSocketAddress address) {}

    /** A ring and who is in it now. */
    public record Group(String ring, List<Receiver> members) {}

    /** The groups stand in the order of the choice's rings. */
    private record Snapshot(RingChoice choice, List<Group> groups, List<Receiver> all) {}

    private final AddressBook book;
    private final Lookups lookups;
    private final Metrics metrics;
    private final ReceiverLabels labels;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("receiver-names").factory());
    private @Nullable ScheduledFuture<?> rounds;
    private Map<Place, Receiver> places = Map.of();
    private volatile Snapshot snapshot = new Snapshot(new RingChoice(List.of()), List.of(), List.of());
    private final AtomicInteger changes = new AtomicInteger();

    private Receivers(List<ReceiverRing> rings, NameLookup lookup, Metrics metrics) {
        this.book = new AddressBook(lookup, metrics);
        this.lookups = new Lookups(book);
        this.metrics = metrics;
        this.labels = new ReceiverLabels(metrics);
        metrics.gauge("ringgate_receivers", () -> current().size());
        swap(new RingChoice(rings));
    }

    /** Names are not looked up before {@link #start}. */
    public static Receivers inRings(List<ReceiverRing> rings, NameLookup lookup, Metrics metrics) {
        return new Receivers(rings, lookup, metrics);
    }

    /** Each entry is one receiver, by name or by address; of a name with several addresses one is taken. */
    public static Receivers of(List<ReceiverAddress> list, NameLookup lookup, Metrics metrics) {
        return inRings(List.of(ReceiverRing.ofAll(list, false)), lookup, metrics);
    }

    /** Every address behind the name is a receiver. */
    public static Receivers byDns(ReceiverAddress name, NameLookup lookup, Metrics metrics) {
        return inRings(List.of(ReceiverRing.ofAll(List.of(name), true)), lookup, metrics);
    }

    /** Looks the names up at once and then again and again, at this pace from now on. IP addresses are there without it. */
    public synchronized void start(Duration refresh) {
        ScheduledFuture<?> before = rounds;
        if (before != null) {
            before.cancel(false);
        }
        rounds = background.scheduleWithFixedDelay(this::refresh, 0, refresh.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * From now on these are the rings. Names that are new are looked up before the swap, for some seconds at most; what is
     * not found by then is left to the background. Blocks: not for an event loop.
     */
    public synchronized void use(List<ReceiverRing> rings) {
        RingChoice choice = new RingChoice(rings);
        List<ReceiverAddress> unknown =
                names(choice).stream().filter(n -> book.of(n).isEmpty()).toList();
        try {
            if (!lookups.lookUp(unknown, PATIENCE, () -> {})) {
                LOG.warn("new rings are used before all their {} new names are found", unknown.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        swap(choice);
    }

    /** All receivers of all rings; the same object as long as nothing changed. */
    public List<Receiver> current() {
        return snapshot.all();
    }

    /** The rings in their order. */
    public List<Group> groups() {
        return snapshot.groups();
    }

    /** The name of the ring that takes the tenant's writes, null when there is none. */
    public @Nullable String ringOf(TenantId tenant) {
        Group group = group(tenant);
        return group == null ? null : group.ring();
    }

    /** Who takes the tenant's writes: nobody without a ring. */
    List<Receiver> members(TenantId tenant) {
        Group group = group(tenant);
        return group == null ? List.of() : group.members();
    }

    private @Nullable Group group(TenantId tenant) {
        Snapshot now = snapshot;
        int ring = now.choice().of(tenant);
        return ring == RingChoice.NONE ? null : now.groups().get(ring);
    }

    /** Ends the lookups. Connections belong to the forwarders. */
    @Override
    public void close() {
        background.shutdownNow();
        lookups.close();
    }

    /** How often the snapshot was swapped; by then those that left know that they are retired. */
    int changes() {
        return changes.get();
    }

    Metrics metrics() {
        return metrics;
    }

    /** One round of lookups; each name is used as soon as it is found. Blocks, for some seconds at most. */
    void refresh() {
        try {
            lookups.lookUp(names(snapshot.choice()), PATIENCE, () -> swap(null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // What came late in the round before is seen now.
        swap(null);
    }

    private static Set<ReceiverAddress> names(RingChoice choice) {
        Set<ReceiverAddress> names = new LinkedHashSet<>();
        for (ReceiverRing ring : choice.rings()) {
            ring.members().stream().filter(AddressBook::isName).forEach(names::add);
        }
        return names;
    }

    /** Makes a snapshot of what is known now, for other rings or, with null, for the same. */
    private synchronized void swap(@Nullable RingChoice other) {
        RingChoice choice = other == null ? snapshot.choice() : other;
        Map<Place, Receiver> next = new LinkedHashMap<>();
        List<Group> groups = new ArrayList<>();
        for (ReceiverRing ring : choice.rings()) {
            Set<Receiver> members = new LinkedHashSet<>();
            for (ReceiverAddress peer : ring.members()) {
                for (InetAddress address : chosen(peer, ring.everyAddress())) {
                    Place place = new Place(peer, new InetSocketAddress(address, peer.port()));
                    members.add(next.computeIfAbsent(place, p -> stayOrEnter(p, ring.everyAddress())));
                }
            }
            groups.add(new Group(ring.name(), List.copyOf(members)));
        }
        if (other == null && next.equals(places)) {
            return;
        }
        Map<Place, Receiver> before = places;
        places = next;
        snapshot = new Snapshot(choice, List.copyOf(groups), List.copyOf(next.values()));
        Set<String> shown = new HashSet<>();
        next.values().forEach(receiver -> shown.add(receiver.label()));
        before.forEach((place, receiver) -> {
            if (!next.containsKey(place)) {
                receiver.retire();
                if (!shown.contains(receiver.label())) {
                    labels.hide(receiver);
                }
            }
        });
        book.keep(names(choice));
        changes.incrementAndGet();
    }

    private Receiver stayOrEnter(Place place, boolean everyAddress) {
        Receiver stays = places.get(place);
        if (stays != null) {
            return stays;
        }
        ReceiverAddress peer = place.peer();
        String label = everyAddress ? ReceiverAddress.text(place.address().getAddress(), peer.port()) : peer.toString();
        Receiver receiver = new Receiver(peer, place.address(), labels.meters(label));
        labels.show(receiver);
        return receiver;
    }

    private List<InetAddress> chosen(ReceiverAddress peer, boolean everyAddress) {
        List<InetAddress> found = book.of(peer);
        if (everyAddress) {
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
}
