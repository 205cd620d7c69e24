package io.ringgate.forward.connections;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.StoredStatuses;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one receiver. The one used last is used next, so that surplus ones grow old and
 * are closed. Event loop only.
 */
public final class ConnectionPool {

    private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(64 * 1024, 128 * 1024);

    private final Receiver receiver;
    private final LoopResources wiring;
    private final ReceiverRequestHead head;
    private final ArrayDeque<ReceiverConnection> idle = new ArrayDeque<>();
    private final Set<ReceiverConnection> all = Collections.newSetFromMap(new IdentityHashMap<>());

    private boolean retired;

    public ConnectionPool(Receiver receiver, LoopResources wiring) {
        this.receiver = receiver;
        this.wiring = wiring;
        this.head = new ReceiverRequestHead(receiver.peer(), wiring.settings());
    }

    long now() {
        return wiring.now();
    }

    public Receiver receiver() {
        return receiver;
    }

    public ReceiverRequestHead head() {
        return head;
    }

    StoredStatuses stored() {
        return wiring.settings().stored();
    }

    boolean isSecured() {
        return wiring.secured() != null;
    }

    DeadlineTimer alarm(Runnable ring) {
        return new DeadlineTimer(wiring.loop(), wiring.clock(), ring);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    @Nullable
    public ReceiverConnection takeIdle() {
        return idle.pollLast();
    }

    public void giveBack(ReceiverConnection connection) {
        if (retired || receiver.isRetired() || idle.size() >= wiring.settings().maxIdle()) {
            connection.close();
        } else {
            idle.addLast(connection);
            connection.wakeAt(wiring.now() + wiring.settings().idle().toNanos());
        }
    }

    void forget(ReceiverConnection connection) {
        all.remove(connection);
        idle.remove(connection);
    }

    /**
     * Makes a connection.
     *
     * @param deadlineNanos when the asker gives up; the receiver is blamed only when it had nearly all the time that connecting
     *     may take
     */
    public void dial(long deadlineNanos, ReceiverConnection.Dialled asker) {
        long now = wiring.now();
        long most = wiring.settings().connect().toNanos();
        long time = Math.min(most, deadlineNanos - now);
        boolean fullTime = time >= most - most / 10;
        Channel channel;
        try {
            channel = wiring.channels().newChannel();
        } catch (RuntimeException e) {
            // Sockets or descriptors are spent here: that is nobody's fault there.
            asker.unreached(ReceiverConnection.words(e), false);
            return;
        }
        AnswerDecoder decoder = new AnswerDecoder();
        ReceiverConnection connection = new ReceiverConnection(this, channel, decoder, asker, fullTime);
        all.add(connection);
        try {
            setUp(channel);
            channel.pipeline().addLast(decoder, connection);
            connection.wakeAt(now + time);
            connect(channel, connection);
        } catch (RuntimeException e) {
            connection.unreached(ReceiverConnection.words(e), false);
        }
    }

    private void setUp(Channel channel) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        channel.config().setWriteBufferWaterMark(WATER);
        // A receiver may refuse a write and close while we are still sending: its answer is there to be read.
        channel.config().setAutoClose(false);
        ReceiverTls secured = wiring.secured();
        if (secured != null) {
            ReceiverAddress peer = receiver.peer();
            channel.pipeline().addLast(secured.newHandler(channel.alloc(), peer.host(), peer.port()));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failed registration fails the connect after it
    private void connect(Channel channel, ReceiverConnection connection) {
        wiring.loop().register(channel);
        channel.connect(receiver.address()).addListener(made -> {
            if (!made.isSuccess()) {
                Throwable cause = made.cause();
                connection.unreached(ReceiverConnection.words(cause), !ReceiverConnection.isOurFault(cause));
            }
        });
    }

    /** From now on no connection is kept. */
    public void retire() {
        retired = true;
        closeIdle();
    }

    public void closeIdle() {
        List.copyOf(idle).forEach(ReceiverConnection::close);
    }

    public void shut(String why) {
        List.copyOf(all).forEach(c -> c.shut(why));
    }
}
