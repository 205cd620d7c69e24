package io.ringgate.reload.diff;

import io.ringgate.edge.EdgeName;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names of edges in a message: the first twenty, and how many more there are. */
public final class EdgeNames {

    private static final int MOST = 20;

    private EdgeNames() {}

    public static String text(Collection<EdgeName> names) {
        String first = names.stream().limit(MOST).map(EdgeName::value).collect(Collectors.joining(", "));
        return names.size() <= MOST ? first : first + " and " + (names.size() - MOST) + " more";
    }
}
