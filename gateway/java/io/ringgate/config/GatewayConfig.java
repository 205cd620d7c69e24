package io.ringgate.config;

import io.ringgate.hashring.Hashring;
import java.util.List;

/**
 * Everything that was configured, one immutable tree.
 *
 * @param settings what ringgate.yaml says; on reload this is the unit "gateway"
 * @param identities what edges.yaml says; on reload, with htpasswd, the unit "identities"
 * @param policies how much each tenant may send; on reload each file is a unit
 */
public record GatewayConfig(GatewaySettings settings, Identities identities, List<Hashring> rings, Policies policies) {

    public GatewayConfig {
        rings = List.copyOf(rings);
    }
}
