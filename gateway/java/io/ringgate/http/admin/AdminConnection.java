package io.ringgate.http.admin;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import io.ringgate.edge.Address;
import io.ringgate.edge.Network;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the admin listener. It has a deadline at all times: for its first request, for the answer to one until the
 * client has read it, and for the next request. On its event loop; {@link AdminConnections} guards {@link #rank} and closes it
 * from any thread.
 *
 * <pre>
 *   open --10 s--> request --60 s--> answered --10 s, or 75 s for an operator--> request ...
 * </pre>
 */
final class AdminConnection {

    /** Also between two requests of a client who has sent no valid credential. Heads are half a kilobyte and come whole. */
    static final Duration FIRST_REQUEST = Duration.ofSeconds(10);

    /** Scrapers come once a minute and keep their connection. */
    static final Duration NEXT_REQUEST = Duration.ofSeconds(75);

    /** From a request to the last byte of its answer in the client's socket. */
    static final Duration ANSWER = Duration.ofSeconds(60);

    /** Which connection is evicted first: that of the lowest rank, and of these the one that has it longest. */
    enum Rank {
        /** No operator, as far as is known. */
        UNKNOWN,
        /** An operator's, between two requests. */
        IDLE,
        /** An operator's, with a request. */
        BUSY
    }

    private final AdminConnections all;
    private final Channel channel;
    private final Address address;
    private final Network source;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean operator;
    private boolean inRequest;
    private boolean working;
    private boolean ended;

    Rank rank = Rank.UNKNOWN;

    AdminConnection(AdminConnections all, Channel channel) {
        this.all = all;
        this.channel = channel;
        this.address = Address.of(channel.remoteAddress());
        this.source = address.source();
        setDeadline(FIRST_REQUEST);
    }

    Address address() {
        return address;
    }

    Network source() {
        return source;
    }

    /**
     * A request has come. False for one that comes before its client has read the last answer: then the connection is closed.
     * No scraper does that, and answers would pile up here.
     */
    boolean beginRequest() {
        if (inRequest || !channel.isWritable()) {
            close();
            return false;
        }
        inRequest = true;
        setDeadline(ANSWER);
        if (operator) {
            all.setRank(this, Rank.BUSY);
        }
        return true;
    }

    /** The request is an operator's, by its credential, or because nobody is asked for one. */
    void markOperator() {
        operator = true;
        all.setRank(this, Rank.BUSY);
    }

    /** Reserves one of the few places for costly work until the answer is read. False when there is none. */
    boolean reserveWork() {
        working = working || (!ended && all.reserveWork(source));
        return working;
    }

    /** The client has the answer, as far as the system can tell. */
    void endRequest() {
        inRequest = false;
        releaseWork();
        if (!ended) {
            setDeadline(operator ? NEXT_REQUEST : FIRST_REQUEST);
            if (operator) {
                all.setRank(this, Rank.IDLE);
            }
        }
    }

    private void releaseWork() {
        if (working) {
            working = false;
            all.releaseWork(source);
        }
    }

    private void setDeadline(Duration most) {
        stopDeadline();
        deadline = channel.eventLoop().schedule(this::close, most.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stopDeadline() {
        ScheduledFuture<?> running = deadline;
        if (running != null) {
            running.cancel(false);
        }
    }

    /** Any thread. At once: what the client has not read by now is dropped. */
    void close() {
        channel.close();
    }

    /** The connection is closed. */
    void end() {
        ended = true;
        stopDeadline();
        releaseWork();
        all.remove(this);
    }
}
