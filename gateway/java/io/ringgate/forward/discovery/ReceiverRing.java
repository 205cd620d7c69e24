package io.ringgate.forward.discovery;

import io.ringgate.edge.TenantId;
import io.ringgate.forward.ReceiverAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * Receivers that take the writes of some tenants.
 *
 * @param name for people
 * @param serves whether a tenant that came past the rings before this one belongs here; pure, any thread
 * @param members by name or by address
 * @param everyAddress true makes a receiver of each address behind a name, false of one of them
 */
public record ReceiverRing(
        String name, Predicate<TenantId> serves, List<ReceiverAddress> members, boolean everyAddress) {

    public ReceiverRing {
        members = List.copyOf(members);
    }

    /** A ring for every tenant. */
    public static ReceiverRing ofAll(List<ReceiverAddress> members, boolean everyAddress) {
        return new ReceiverRing("default", tenant -> true, members, everyAddress);
    }
}
