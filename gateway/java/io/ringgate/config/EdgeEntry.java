package io.ringgate.config;

import io.ringgate.edge.Edge;
import java.util.List;

/**
 * One edge cluster of {@code edges.yaml}.
 *
 * @param edge with the labels of {@code stamp} already among its own
 * @param credentials several, so that rotating one loses nothing; none means it cannot log in
 */
public record EdgeEntry(Edge edge, List<EdgeCredential> credentials) {

    public EdgeEntry {
        credentials = List.copyOf(credentials);
    }
}
