package io.ringgate.config;

/**
 * Everything that was configured, one immutable tree.
 *
 * @param settings what ringgate.yaml says; on reload this is the unit "gateway"
 * @param identities what edges.yaml says; on reload, with htpasswd, the unit "identities"
 * @param rings what the hashring file says; on reload this is the unit "rings"
 * @param policies how much each tenant may send; on reload each file is a unit
 */
public record GatewayConfig(GatewaySettings settings, Identities identities, Rings rings, Policies policies) {}
