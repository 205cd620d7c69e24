package io.ringgate.cli.migrate;

import io.ringgate.edge.TenantId;

/** Which tenant the writes of an Ingress have, by the header that it sets. */
sealed interface TenantChoice {

    /** One for all. */
    record Constant(TenantId tenant) implements TenantChoice {}

    /** Each user's own, called as he is. */
    enum OfUser implements TenantChoice {
        OF_USER
    }
}
