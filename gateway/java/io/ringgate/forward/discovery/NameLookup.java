package io.ringgate.forward.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a name into addresses. May block: it is never asked on an event loop. */
@FunctionalInterface
public interface NameLookup {

    List<InetAddress> lookup(String host) throws UnknownHostException;

    /** The JDK's resolver, which also takes IP addresses as they are. */
    static NameLookup system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
