package io.ringgate.cli.migrate;

import org.jspecify.annotations.Nullable;

/**
 * What a rule may look at and write to.
 *
 * @param users those of the Secret that was given, absent without one
 */
record Asked(Ingress ingress, Draft draft, @Nullable Users users) {

    /** True when there will be an edge. */
    boolean hasUsers() {
        return users != null && !users.edges().isEmpty();
    }

    /** The value of one of nginx's annotations beside the one at hand; empty where it is not there. */
    String nginx(String name) {
        return ingress.nginx(name);
    }
}
