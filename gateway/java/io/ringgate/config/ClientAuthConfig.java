package io.ringgate.config;

/**
 * That a listener asks its clients for certificates.
 *
 * @param required whether writes without one are refused
 */
public record ClientAuthConfig(boolean required, ClientCaFiles files) {}
