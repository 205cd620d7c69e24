package io.ringgate.forward.discovery;

import io.ringgate.edge.TenantId;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.metrics.Metrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who the receivers are and which of them get a tenant's writes, as a snapshot that is replaced whole. Names are looked
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

    private record PeerAddress(ReceiverAddress peer, InetSocketAddress address) {

        /** Receivers behind one name are distinguished by their addresses. */
        String label(boolean oneOfMany) {
            return oneOfMany ? ReceiverAddress.text(address.getAddress(), peer.port()) : peer.toString();
        }
    }

    /** A ring and who is in it now. */
    public record Group(String ring, List<Receiver> members) {}

    /** The groups are in the order of the rings. */
    private record Snapshot(TenantRings choice, List<Group> groups, List<Receiver> all) {}

    private final AddressBook book;
    private final ParallelLookups lookups;
    private final ReceiverLabels labels;
    private final LongSupplier clock;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("receiver-names").factory());
    private @Nullable ScheduledFuture<?> rounds;
    private Map<PeerAddress, Receiver> receiverAt = Map.of();
    private volatile Snapshot snapshot = new Snapshot(new TenantRings(List.of()), List.of(), List.of());
    private final AtomicInteger changes = new AtomicInteger();

    private Receivers(List<ReceiverRing> rings, NameLookup lookup, Metrics metrics, LongSupplier clock) {
        this.clock = clock;
        this.book = new AddressBook(lookup, metrics);
        this.lookups = new ParallelLookups(book);
        this.labels = new ReceiverLabels(metrics);
        metrics.gauge("ringgate_receivers", () -> current().size());
        swap(new TenantRings(rings));
    }

    /** Names are not looked up before {@link #start}. */
    public static Receivers inRings(List<ReceiverRing> rings, NameLookup lookup, Metrics metrics) {
        return inRings(rings, lookup, metrics, System::nanoTime);
    }

    /** @param nanoClock tells when the counters of a receiver that is gone leave the page */
    static Receivers inRings(List<ReceiverRing> rings, NameLookup lookup, Metrics metrics, LongSupplier nanoClock) {
        return new Receivers(rings, lookup, metrics, nanoClock);
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
    public synchronized void setRings(List<ReceiverRing> rings) {
        TenantRings choice = new TenantRings(rings);
        List<ReceiverAddress> unknown =
                names(choice).stream().filter(n -> book.of(n).isEmpty()).toList();
        try {
            if (!lookups.lookUp(unknown, PATIENCE, () -> {})) {
                LOG.atWarn()
                        .addKeyValue("hosts", unknown.size())
                        .log("rings used before all their new names are looked up");
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

    /** The receivers of the tenant's writes; none without a ring. */
    public List<Receiver> members(TenantId tenant) {
        Group group = group(tenant);
        return group == null ? List.of() : group.members();
    }

    private @Nullable Group group(TenantId tenant) {
        Snapshot now = snapshot;
        int ring = now.choice().of(tenant);
        return ring == TenantRings.NONE ? null : now.groups().get(ring);
    }

    /** Ends the lookups. Connections belong to the forwarders. */
    @Override
    public void close() {
        background.shutdownNow();
        lookups.close();
    }

    /** How often the snapshot was swapped; by then those that left know that they are retired. */
    public int changes() {
        return changes.get();
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

    private static Set<ReceiverAddress> names(TenantRings choice) {
        Set<ReceiverAddress> names = new LinkedHashSet<>();
        for (ReceiverRing ring : choice.rings()) {
            ring.members().stream().filter(AddressBook::isName).forEach(names::add);
        }
        return names;
    }

    /** Makes a snapshot of what is known now, for other rings or, with null, for the same. */
    private synchronized void swap(@Nullable TenantRings other) {
        long now = clock.getAsLong();
        labels.sweep(now);
        TenantRings choice = other == null ? snapshot.choice() : other;
        List<Set<PeerAddress>> members = new ArrayList<>();
        Map<PeerAddress, String> labelOf = new LinkedHashMap<>();
        for (ReceiverRing ring : choice.rings()) {
            Set<PeerAddress> here = addresses(ring);
            members.add(here);
            here.forEach(place -> labelOf.putIfAbsent(place, place.label(ring.everyAddress())));
        }
        if (other == null && labelOf.keySet().equals(receiverAt.keySet())) {
            return;
        }
        List<Receiver> leaving = receiverAt.entrySet().stream()
                .filter(entry -> !labelOf.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        // Before others enter: when all pods are replaced at once, the new ones need the labels of the old.
        leaving.forEach(receiver -> labels.leave(receiver, now));
        Map<PeerAddress, Receiver> next = new LinkedHashMap<>();
        labelOf.forEach((place, label) -> next.put(place, reuseOrCreate(place, label)));
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            List<Receiver> here = new ArrayList<>();
            members.get(i).forEach(place -> here.add(Objects.requireNonNull(next.get(place))));
            groups.add(new Group(choice.rings().get(i).name(), List.copyOf(here)));
        }
        receiverAt = next;
        snapshot = new Snapshot(choice, List.copyOf(groups), List.copyOf(next.values()));
        leaving.forEach(Receiver::retire);
        book.retainOnly(names(choice));
        changes.incrementAndGet();
    }

    private Set<PeerAddress> addresses(ReceiverRing ring) {
        Set<PeerAddress> found = new LinkedHashSet<>();
        for (ReceiverAddress peer : ring.members()) {
            for (InetAddress address : chosen(peer, ring.everyAddress())) {
                found.add(new PeerAddress(peer, new InetSocketAddress(address, peer.port())));
            }
        }
        return found;
    }

    private Receiver reuseOrCreate(PeerAddress place, String label) {
        Receiver known = receiverAt.get(place);
        return known == null ? labels.enter(label, place.peer(), place.address()) : known;
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
                .filter(a -> receiverAt.containsKey(new PeerAddress(peer, new InetSocketAddress(a, peer.port()))))
                .findFirst();
        return stays.or(() -> found.stream().findFirst()).stream().toList();
    }
}
