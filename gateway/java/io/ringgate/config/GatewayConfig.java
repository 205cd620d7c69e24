package io.ringgate.config;

import io.ringgate.hashring.Hashring;
import java.util.List;

/**
 * Everything that was configured, one immutable tree.
 *
 * @param settings what ringgate.yaml says; on reload this is the unit "gateway"
 * @param identities what edges.yaml says; on reload, with htpasswd, the unit "identities"
 */
public record GatewayConfig(GatewaySettings settings, Identities identities, List<Hashring> rings) {

    public GatewayConfig {
        rings = List.copyOf(rings);
    }
}
