package io.ringgate.forward.connections;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
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
    private final LoopResources resources;
    private final ReceiverRequestHead head;
    private final ResponseClassifier classifier;
    private final ArrayDeque<ReceiverConnection> idle = new ArrayDeque<>();
    private final Set<ReceiverConnection> all = Collections.newSetFromMap(new IdentityHashMap<>());

    private boolean retired;

    public ConnectionPool(Receiver receiver, LoopResources resources) {
        this.receiver = receiver;
        this.resources = resources;
        this.head = new ReceiverRequestHead(receiver.peer(), resources.settings());
        this.classifier = new ResponseClassifier(
                receiver,
                resources.settings().stored(),
                resources.settings().doubt().toNanos(),
                resources.clock());
    }

    long now() {
        return resources.now();
    }

    public Receiver receiver() {
        return receiver;
    }

    public ReceiverRequestHead head() {
        return head;
    }

    ResponseClassifier classifier() {
        return classifier;
    }

    /** How an attempt at this receiver ends that sent nothing. */
    public Outcome unreached(String why, boolean blamed) {
        return classifier.unreached(why, blamed);
    }

    boolean isSecured() {
        return resources.secured() != null;
    }

    DeadlineTimer timer(Runnable expired) {
        return new DeadlineTimer(resources.loop(), resources.clock(), expired);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    @Nullable
    public ReceiverConnection pollIdle() {
        return idle.pollLast();
    }

    public void release(ReceiverConnection connection) {
        if (retired
                || receiver.isRetired()
                || idle.size() >= resources.settings().maxIdle()) {
            connection.close();
        } else {
            idle.addLast(connection);
            connection.wakeAt(resources.now() + resources.settings().idle().toNanos());
        }
    }

    void forget(ReceiverConnection connection) {
        all.remove(connection);
        idle.remove(connection);
    }

    /**
     * Makes a connection.
     *
     * @param deadlineNanos when the asker gives up; the receiver is blamed only when it had nearly all the time that
     *     connecting may take
     */
    public void connect(long deadlineNanos, ReceiverConnection.ConnectCallback asker) {
        long now = resources.now();
        long most = resources.settings().connect().toNanos();
        long time = Math.min(most, deadlineNanos - now);
        boolean fullTime = time >= most - most / 10;
        Channel channel;
        try {
            channel = resources.channels().newChannel();
        } catch (RuntimeException e) {
            // The gateway itself is out of sockets or descriptors: that is no failure of the receiver.
            asker.unreached(ReceiverConnection.describe(e), false);
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
            connection.unreached(ReceiverConnection.describe(e), false);
        }
    }

    private void setUp(Channel channel) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        channel.config().setWriteBufferWaterMark(WATER);
        // A receiver may refuse a write and close while we are still sending: its answer is there to be read.
        channel.config().setAutoClose(false);
        ReceiverTls secured = resources.secured();
        if (secured != null) {
            ReceiverAddress peer = receiver.peer();
            channel.pipeline().addLast(secured.newHandler(channel.alloc(), peer.host(), peer.port()));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failed registration fails the connect after it
    private void connect(Channel channel, ReceiverConnection connection) {
        resources.loop().register(channel);
        channel.connect(receiver.address()).addListener(made -> {
            if (!made.isSuccess()) {
                Throwable cause = made.cause();
                connection.unreached(ReceiverConnection.describe(cause), !ReceiverConnection.isOurFault(cause));
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
