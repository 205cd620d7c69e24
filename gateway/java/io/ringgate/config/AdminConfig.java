package io.ringgate.config;

/**
 * The listener for operators. It asks for no credential, so it is bound to this machine.
 *
 * @param address a loopback address
 */
public record AdminConfig(HostPort address) {

    public static final HostPort DEFAULT_ADDRESS = new HostPort("127.0.0.1", 19292);
}
