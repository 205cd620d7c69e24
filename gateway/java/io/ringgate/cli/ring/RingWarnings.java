package io.ringgate.cli.ring;

import io.ringgate.hashring.Algorithm;
import io.ringgate.hashring.Endpoint;
import io.ringgate.hashring.Hashring;
import io.ringgate.hashring.HashringFile;
import io.ringgate.hashring.ShardFaults;
import io.ringgate.hashring.ShuffleSharding;
import io.ringgate.hashring.TenantGlob;
import io.ringgate.hashring.TenantMatcher;
import io.ringgate.hashring.TenantMatcher.Comparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What receivers do with a file that its writer will hardly have meant. */
final class RingWarnings {

    private final RingOptions terms;
    private final List<String> found = new ArrayList<>();
    private String about = "";

    RingWarnings(RingOptions terms) {
        this.terms = terms;
    }

    List<String> of(HashringFile file) {
        if (file.rings().isEmpty()) {
            found.add("there is no ring: every write fails");
        }
        boolean takesAll = false;
        for (int i = 0; i < file.rings().size(); i++) {
            Hashring ring = file.rings().get(i);
            about = TerminalText.ring(ring, i) + ": ";
            if (takesAll) {
                warn("never reached, a ring before it matches every tenant");
            }
            takesAll |= ring.isDefault();
            tenants(ring);
            endpoints(ring);
            ShuffleSharding sharding = ring.shuffleSharding();
            if (sharding != null) {
                sharding(sharding);
            }
            ShardFaults.of(ring, terms.replicationFactor()).forEach(this::warn);
        }
        file.unknownKeys()
                .forEach(unknown -> found.add(TerminalText.of(
                        "line " + unknown.line() + ": " + unknown.path() + ": unknown key, receivers pass over it")));
        return found;
    }

    private void warn(String sentence) {
        found.add(TerminalText.of(about + sentence));
    }

    private void tenants(Hashring ring) {
        TenantMatcher tenants = ring.tenants();
        if (ring.isDefault()) {
            return;
        }
        if (tenants.comparison() == Comparison.NEVER) {
            warn("tenant_matcher_type " + tenants.written()
                    + " is not known, so it matches no tenant; write exact or glob");
        }
        if (tenants.comparison() == Comparison.GLOB && tenants.names().size() > 1) {
            warn("several patterns in one ring: before 0.38.0 a receiver goes by one of them, drawn at random");
        }
        for (String name : tenants.names()) {
            if (tenants.comparison() == Comparison.GLOB && TenantGlob.of(name).isMalformed()) {
                warn("pattern " + name + " cannot be read: every write that comes upon it fails");
            }
            if (tenants.comparison() == Comparison.EXACT && name.matches(".*[*?\\[].*")) {
                warn("tenant " + name + " is compared letter by letter; for patterns write tenant_matcher_type glob");
            }
        }
    }

    private void endpoints(Hashring ring) {
        if (!Algorithm.isKnown(ring.algorithm())) {
            warn("algorithm " + ring.algorithm() + " is not known and works as hashmod");
        }
        int count = ring.endpoints().size();
        if (count < terms.replicationFactor()) {
            warn("every write fails: " + count + " endpoints are fewer than the replication factor "
                    + terms.replicationFactor());
        }
        Map<String, Integer> zones = new TreeMap<>();
        Set<String> addresses = new HashSet<>();
        for (Endpoint endpoint : ring.endpoints()) {
            zones.merge(endpoint.zone(), 1, Integer::sum);
            if (!addresses.add(endpoint.address())) {
                warn(endpoint.address() + " is written twice: it can get two copies of one series");
            }
        }
        if (zones.values().stream().distinct().count() > 1) {
            warn("zones are uneven (" + text(zones) + "): endpoints of a small zone get more series than the others");
        }
    }

    private static String text(Map<String, Integer> zones) {
        List<String> texts = new ArrayList<>();
        zones.forEach((zone, size) -> texts.add((zone.isEmpty() ? "none" : zone) + " " + size));
        return String.join(", ", texts);
    }

    private void sharding(ShuffleSharding sharding) {
        if (!sharding.isOn()) {
            warn("shard_size is 0, so shuffle sharding is off, "
                    + (sharding.overrides().isEmpty() ? "" : "overrides included"));
            return;
        }
        warn("shuffle sharding: before 0.39.0 receivers pass over it and use the whole ring; 0.39.0 to 0.40.1 choose"
                + " other shards than later ones");
        for (int i = 0; i < sharding.overrides().size(); i++) {
            ShuffleSharding.SizeOverride one = sharding.overrides().get(i);
            String place = "overrides[" + i + "]";
            String written = one.tenants().written();
            if (!one.counts()) {
                warn(place + " is passed over: it needs tenant_matcher_type exact or glob");
                continue;
            }
            if (one.tenants().names().isEmpty()) {
                warn(place + " names no tenant and matches none");
            }
            one.tenants().names().stream()
                    .filter(name ->
                            written.equals("glob") && TenantGlob.of(name).isMalformed())
                    .forEach(name -> warn(place + ": pattern " + name + " cannot be read and is passed over"));
        }
    }
}
