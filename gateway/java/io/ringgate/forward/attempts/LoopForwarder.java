package io.ringgate.forward.attempts;

import io.netty.channel.EventLoop;
import io.ringgate.edge.TenantId;
import io.ringgate.forward.AttemptSignal;
import io.ringgate.forward.ForwardSettings;
import io.ringgate.forward.Forwarder;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.OutgoingWrite;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverHealth;
import io.ringgate.forward.connections.ConnectionPool;
import io.ringgate.forward.connections.LoopResources;
import io.ringgate.forward.connections.ReceiverConnection;
import io.ringgate.forward.connections.ReceiverTls;
import io.ringgate.forward.discovery.Receivers;
import io.vertx.core.internal.ContextInternal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The forwarder of one event loop: its own connections, no locks but short ones. What the loops share is in
 * {@link Receivers} and {@link AttemptPolicy}.
 *
 * <p>{@code done} may be called before {@link #send} returns, when no receiver can be asked.
 */
public final class LoopForwarder implements Forwarder, AutoCloseable {

    private final LoopResources resources;
    private final Receivers receivers;
    private final RandomGenerator random;
    private final AttemptPolicy policy;
    private final LoadBalancer choice;
    private final Map<Receiver, ConnectionPool> pools = new HashMap<>();
    private final Set<SendAttempts> parked = new LinkedHashSet<>();
    private int changesSeen;
    private boolean retired;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param context of the event loop that this one belongs to; made on any thread
     * @param secured null for plain HTTP
     * @param random of this loop alone
     * @param policy the one of all loops
     */
    public LoopForwarder(
            ContextInternal context,
            Receivers receivers,
            ForwardSettings settings,
            @Nullable ReceiverTls secured,
            RandomGenerator random,
            AttemptPolicy policy) {
        EventLoop loop = context.nettyEventLoop();
        this.resources = new LoopResources(
                loop, context.owner().transport().channelFactory(false), settings, secured, policy.clock());
        this.receivers = receivers;
        this.random = random;
        this.policy = policy;
        this.choice = new LoadBalancer(random);
    }

    @Override
    public boolean hasRing(TenantId tenant) {
        return receivers.ringOf(tenant) != null;
    }

    @Override
    public void send(OutgoingWrite write, Consumer<Outcome> done) {
        assert resources.loop().inEventLoop() : "a write belongs to the loop of its forwarder";
        int changes = receivers.changes();
        if (changes != changesSeen) {
            changesSeen = changes;
            pools.values().removeIf(LoopForwarder::isOver);
        }
        probe(receivers.current());
        policy.countWrite(now());
        new SendAttempts(this, write, done).start();
    }

    /** Ends all that is under way as unavailable and closes every connection, on the event loop. */
    @Override
    public void close() {
        if (resources.loop().inEventLoop()) {
            closed = true;
            List.copyOf(parked).forEach(this::unpark);
            List.copyOf(pools.values()).forEach(pool -> pool.shut("the gateway is stopping"));
            pools.clear();
        } else {
            resources.loop().execute(this::close);
        }
    }

    /** Another one follows: what is under way ends as it would, and no connection is kept. On the event loop. */
    public void retire() {
        retired = true;
        pools.values().forEach(ConnectionPool::retire);
    }

    /** True when no connection is left, after {@link #retire} when nothing is under way. On the event loop. */
    public boolean isEmpty() {
        return parked.isEmpty() && pools.values().stream().allMatch(ConnectionPool::isEmpty);
    }

    boolean isClosed() {
        return closed;
    }

    long now() {
        return resources.now();
    }

    ForwardSettings settings() {
        return resources.settings();
    }

    RandomGenerator random() {
        return random;
    }

    AttemptPolicy policy() {
        return policy;
    }

    ConnectionPool pool(Receiver receiver) {
        return pools.computeIfAbsent(receiver, r -> {
            ConnectionPool fresh = new ConnectionPool(r, resources);
            if (retired) {
                fresh.retire();
            }
            return fresh;
        });
    }

    boolean hasReceivers(TenantId tenant) {
        return !receivers.members(tenant).isEmpty();
    }

    /**
     * Finds an ejected receiver over which the write is to decide, and takes room there, which is the caller's to give back.
     * The caller holds the trial, and must tell how it ended.
     */
    @Nullable
    Receiver pickTrial(TenantId tenant, long bytes) {
        List<Receiver> group = receivers.members(tenant);
        for (int i = 0; i < group.size(); i++) {
            if (group.get(i).health().isEjected() && startsTrial(group.get(i), tenant, bytes)) {
                return group.get(i);
            }
        }
        return null;
    }

    private boolean startsTrial(Receiver ejected, TenantId tenant, long bytes) {
        long share = policy.share(receivers.current());
        if (!ejected.hasRoom(bytes, share) || !ejected.health().tryTrial(tenant, now())) {
            return false;
        }
        boolean begun = ejected.begin(bytes, share);
        if (!begun) {
            ejected.health().notTried();
        }
        return begun;
    }

    /** Finds whom to ask and takes room there for the write, which is the caller's to give back. */
    @Nullable
    Receiver pick(TenantId tenant, @Nullable Receiver except, long bytes) {
        List<Receiver> group = receivers.members(tenant);
        long now = now();
        long share = policy.share(receivers.current());
        while (true) {
            Receiver chosen = choice.choose(group, except, bytes, share, now);
            // Another loop may have taken the room meanwhile: then that receiver is not drawn again.
            if (chosen == null || chosen.begin(bytes, share)) {
                return chosen;
            }
        }
    }

    /**
     * Learns from the end of an attempt.
     *
     * @param begun when the attempt began
     * @param cause why it failed; null when there is nothing to tell
     */
    void record(Receiver receiver, AttemptSignal signal, TenantId tenant, long begun, @Nullable String cause) {
        long now = now();
        ReceiverHealth health = receiver.health();
        String words = cause == null ? "" : cause;
        switch (signal) {
            case ALIVE -> {
                if (health.answered(tenant, begun, now)) {
                    policy.ejector().returned(receiver);
                }
            }
            case NOTHING -> {}
            case UNREACHABLE -> {
                if (health.unreached(words, random, now)) {
                    policy.ejector().eject(receiver, receivers.members(tenant), signal, random);
                }
            }
            case HUNG_UP, LATE, BROKEN_ANSWER, SERVER_ERROR -> {
                if (health.failed(tenant, begun, words, random, now)) {
                    policy.ejector().eject(receiver, receivers.members(tenant), signal, random);
                }
            }
        }
    }

    /** The trial at this receiver ended with nothing to learn from it. */
    void endTrialWithoutResult(Receiver receiver) {
        receiver.health().endTrialWithoutResult(random, now());
    }

    void connected(Receiver receiver) {
        if (receiver.health().connected(now())) {
            policy.ejector().returned(receiver);
        }
    }

    /** Lets a flight go on after a while, or at once when this loop is closed. */
    void park(SendAttempts flight, long nanos) {
        parked.add(flight);
        resources.loop().schedule(() -> unpark(flight), nanos, TimeUnit.NANOSECONDS);
    }

    private void unpark(SendAttempts flight) {
        if (parked.remove(flight)) {
            flight.start();
        }
    }

    /** A pool of a vanished receiver goes with its last busy connection; until then its idle ones are closed. */
    private static boolean isOver(ConnectionPool pool) {
        if (pool.receiver().isRetired()) {
            pool.closeIdle();
        }
        return pool.receiver().isRetired() && pool.isEmpty();
    }

    private void probe(List<Receiver> current) {
        for (int i = 0; i < current.size(); i++) {
            Receiver receiver = current.get(i);
            if (receiver.health().isUnreachable() && receiver.health().tryProbe(now())) {
                ConnectionPool pool = pool(receiver);
                pool.connect(now() + settings().connect().toNanos(), new Probe(this, pool));
            }
        }
    }

    /** A bare connection to a receiver that could not be reached: when it is made, it is kept for the next write. */
    private record Probe(LoopForwarder loop, ConnectionPool pool) implements ReceiverConnection.ConnectCallback {
        @Override
        public void ready(ReceiverConnection connection) {
            loop.connected(pool.receiver());
            pool.release(connection);
        }

        @Override
        public void unreached(String why, boolean blamed) {
            if (blamed) {
                String words = "receiver " + pool.receiver() + " cannot be reached: " + why;
                pool.receiver().health().unreached(words, loop.random, loop.now());
            } else {
                loop.endTrialWithoutResult(pool.receiver());
            }
        }
    }
}
