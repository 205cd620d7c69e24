package io.ringgate.config;

import java.nio.file.Path;

/**
 * Where the other files lie; absolute.
 *
 * @param edges the edge clusters
 * @param htpasswd users and password hashes, the file nginx and Apache read; may be absent when only the text was
 *     checked or no edge logs in by password
 * @param limits how much each tenant may send
 */
public record FileLocations(Path edges, Path htpasswd, LimitsSource limits) {

    public static final String DEFAULT_EDGES = "edges.yaml";
    public static final String DEFAULT_HTPASSWD = "htpasswd";
    public static final String DEFAULT_LIMITS = "limits";
}
