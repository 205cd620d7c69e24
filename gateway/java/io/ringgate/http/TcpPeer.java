package io.ringgate.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;

/**
 * The client end of a connection, checked without reading. Its FIN lies behind the bytes that it sent before: a connection
 * that is not read learns of it from the kernel's state only, which epoll channels can ask for.
 *
 * <pre>
 *   socket buffer   │ body │ body │ body │ FIN        a read would have to take all of the body to get there
 *   TCP_INFO        state = CLOSE_WAIT                at once, also behind a reset (CLOSE)
 * </pre>
 *
 * <p>Any thread.
 */
final class TcpPeer {

    /** Of the states in the kernel's {@code tcp_states.h} the only one in which both halves are open. */
    private static final int ESTABLISHED = 1;

    private TcpPeer() {}

    /**
     * False when the peer has closed its half of the connection or reset it. Where the platform cannot tell, true until a read
     * has found that out.
     */
    static boolean isConnected(Channel channel) {
        if (!(channel instanceof EpollSocketChannel socket)) {
            return channel.isActive();
        }
        try {
            return socket.tcpInfo().state() == ESTABLISHED;
        } catch (ChannelException closedOrRefused) {
            // A sandbox may refuse the question: a write must not be dropped for that.
            return channel.isActive();
        }
    }
}
