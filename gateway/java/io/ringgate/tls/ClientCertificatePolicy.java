package io.ringgate.tls;

/**
 * What a listener that asks for client certificates makes of them.
 *
 * @param required whether writes without one are refused
 * @param authorities who vouches for clients
 */
public record ClientCertificatePolicy(boolean required, ClientAuthorities authorities) {}
