package io.ringgate.cli.migrate;

import io.ringgate.edge.TenantId;

/**
 * What the command line says of tenants.
 *
 * @param usual of edges whose Ingress names none
 * @param forAll true where the operator named it, so that it holds for all
 * @param header in which receivers get it
 */
record TenantOptions(TenantId usual, boolean forAll, String header) {

    /** As receivers take what names no tenant. */
    static final String USUAL = "default-tenant";
}
