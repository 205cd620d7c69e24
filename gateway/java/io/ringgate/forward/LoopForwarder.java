package io.ringgate.forward;

import io.netty.channel.EventLoop;
import io.ringgate.metrics.Metrics;
import io.vertx.core.internal.ContextInternal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The forwarder of one event loop: its own connections, no locks. What the loops share is in {@link Receivers}.
 *
 * <p>{@code done} may be called before {@link #send} returns, when there is nobody to ask.
 */
public final class LoopForwarder implements Forwarder, AutoCloseable {

    private final LoopWiring wiring;
    private final Receivers receivers;
    private final Choice choice;
    private final Metrics.Counter retries;
    private final Map<Receiver, Pool> pools = new HashMap<>();
    private int changesSeen;
    private boolean retired;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param context of the event loop that this one belongs to; made on any thread
     * @param secured null for plain HTTP
     * @param random of this loop alone
     * @param nanoClock on the scale of {@link System#nanoTime}
     */
    public LoopForwarder(
            ContextInternal context,
            Receivers receivers,
            ForwardSettings settings,
            @Nullable Secured secured,
            RandomGenerator random,
            LongSupplier nanoClock) {
        EventLoop loop = context.nettyEventLoop();
        this.wiring =
                new LoopWiring(loop, context.owner().transport().channelFactory(false), settings, secured, nanoClock);
        this.receivers = receivers;
        this.choice = new Choice(random);
        this.retries = receivers.metrics().counter("ringgate_receiver_retries_total");
    }

    @Override
    public void send(Outgoing write, Consumer<Outcome> done) {
        assert wiring.loop().inEventLoop() : "a write belongs to the loop of its forwarder";
        int changes = receivers.changes();
        if (changes != changesSeen) {
            changesSeen = changes;
            pools.values().removeIf(LoopForwarder::isOver);
        }
        probe(receivers.current());
        new Flight(this, write, done).start();
    }

    /** Ends all that is under way as unavailable and closes every connection, on the event loop. */
    @Override
    public void close() {
        if (wiring.loop().inEventLoop()) {
            closed = true;
            List.copyOf(pools.values()).forEach(pool -> pool.shut("the gateway is stopping"));
            pools.clear();
        } else {
            wiring.loop().execute(this::close);
        }
    }

    /** Another one follows: what is under way ends as it would, and no connection is kept. On the event loop. */
    public void retire() {
        retired = true;
        pools.values().forEach(Pool::retire);
    }

    /** True when no connection is left, after {@link #retire} when nothing is under way. On the event loop. */
    public boolean isEmpty() {
        return pools.values().stream().allMatch(Pool::isEmpty);
    }

    boolean isClosed() {
        return closed;
    }

    long now() {
        return wiring.now();
    }

    ForwardSettings settings() {
        return wiring.settings();
    }

    Pool pool(Receiver receiver) {
        return pools.computeIfAbsent(receiver, r -> {
            Pool fresh = new Pool(r, wiring);
            if (retired) {
                fresh.retire();
            }
            return fresh;
        });
    }

    @Nullable
    Receiver choose(@Nullable Receiver except) {
        return choice.choose(receivers.current(), except);
    }

    void countRetry() {
        retries.increment();
    }

    /** A pool of a vanished receiver goes with its last busy connection; until then its idle ones are closed. */
    private static boolean isOver(Pool pool) {
        if (pool.receiver().isRetired()) {
            pool.closeIdle();
        }
        return pool.receiver().isRetired() && pool.isEmpty();
    }

    private void probe(List<Receiver> current) {
        long now = now();
        for (Receiver receiver : current) {
            if (receiver.takeProbe(now)) {
                Pool pool = pool(receiver);
                pool.dial(now + settings().connect().toNanos(), new Probe(pool));
            }
        }
    }

    /** A bare connection to a receiver that could not be reached: when it is made, it is kept for the next write. */
    private record Probe(Pool pool) implements ReceiverConnection.Dialled {
        @Override
        public void ready(ReceiverConnection connection) {
            pool.giveBack(connection);
        }

        @Override
        public void unreached(String why) {}
    }
}
