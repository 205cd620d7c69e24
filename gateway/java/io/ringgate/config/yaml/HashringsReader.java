package io.ringgate.config.yaml;

import io.ringgate.config.HostPort;
import io.ringgate.config.Identities;
import io.ringgate.config.Problems;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.Rings;
import io.ringgate.config.SourcePosition;
import io.ringgate.edge.Edge;
import io.ringgate.hashring.Endpoint;
import io.ringgate.hashring.Hashring;
import io.ringgate.hashring.HashringFile;
import io.ringgate.hashring.HashringFileFault;
import io.ringgate.hashring.MalformedPattern;
import io.ringgate.hashring.RingFaults;
import io.ringgate.hashring.ShardFaults;
import io.ringgate.hashring.TenantGlob;
import io.ringgate.hashring.TenantMatcher.Comparison;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the hashring file, stricter than Thanos: what makes Thanos fail writes is an error here, and what it silently
 * ignores is a warning where it is probably a mistake.
 */
public final class HashringsReader {

    private final Problems problems;
    private final ReceiverSource.Hashrings source;
    private final SourcePosition whole;

    private HashringsReader(Problems problems, ReceiverSource.Hashrings source, SourcePosition whole) {
        this.problems = problems;
        this.source = source;
        this.whole = whole;
    }

    /**
     * The rings of the file, none when it cannot be used: then there is an error among the problems.
     *
     * @param shown the file as the operator named it
     */
    public static Rings read(ReceiverSource.Hashrings source, String shown, Problems problems) {
        SourcePosition whole = SourcePosition.ofFile(shown);
        String text = YamlFile.text(source.file(), shown, problems);
        if (text == null) {
            return Rings.NONE;
        }
        try {
            HashringFile read = HashringFile.read(text.getBytes(StandardCharsets.UTF_8));
            long before = problems.errors();
            new HashringsReader(problems, source, whole).judge(read);
            return problems.errors() == before ? new Rings(read.rings(), read.hash()) : Rings.NONE;
        } catch (HashringFileFault fault) {
            problems.error(new SourcePosition(shown, fault.line(), fault.path()), printable(fault.sentence()));
            return Rings.NONE;
        }
    }

    /** The enabled edges whose tenant is in no ring: their writes are refused. */
    public static List<Edge> withoutRing(Identities identities, Rings rings) {
        List<Edge> found = new ArrayList<>();
        identities.edges().forEach(entry -> {
            if (entry.edge().enabled() && ringOf(entry.edge().tenant().value(), rings.list()) == null) {
                found.add(entry.edge());
            }
        });
        return found;
    }

    private static @Nullable Hashring ringOf(String tenant, List<Hashring> rings) {
        try {
            return Hashring.of(tenant, rings);
        } catch (MalformedPattern malformed) {
            return null;
        }
    }

    private void judge(HashringFile file) {
        if (file.rings().isEmpty()) {
            problems.error(whole, "has no ring, write at least one");
        }
        for (HashringFile.UnknownKey unknown : file.unknownKeys()) {
            String near = NearestKey.to(unknown.key(), HashringFile.KEYS);
            if (near != null) {
                problems.warning(
                        new SourcePosition(whole.file(), unknown.line(), unknown.path()),
                        "unknown key, receivers pass over it, did you mean `" + near + "`?");
            }
        }
        int takesAll = -1;
        for (int i = 0; i < file.rings().size(); i++) {
            Hashring ring = file.rings().get(i);
            SourcePosition position = whole.atLine(file.lines().get(i)).item(i);
            if (takesAll >= 0) {
                problems.warning(
                        position,
                        "is never reached, since ring [" + takesAll + "] matches every tenant, put that one last");
            } else if (ring.isDefault()) {
                takesAll = i;
            }
            endpoints(ring, position.key("endpoints"));
            tenants(ring, position);
            for (String fault : ShardFaults.of(ring, source.replicationFactor())) {
                problems.warning(position.key("shuffle_sharding_config"), printable(fault));
            }
        }
        for (RingFaults.RingFault fault : RingFaults.of(file.rings(), source.algorithm(), source.replicationFactor())) {
            impossible(file, fault);
        }
    }

    /** An empty file or ring is reported already. */
    private void impossible(HashringFile file, RingFaults.RingFault fault) {
        int ring = fault.ring();
        if (ring >= 0 && !file.rings().get(ring).endpoints().isEmpty()) {
            problems.error(
                    whole.atLine(file.lines().get(ring)).item(ring),
                    printable(fault.sentence())
                            + ": change the ring, or receivers.algorithm and receivers.replication_factor if the"
                            + " receivers' flags say otherwise");
        }
    }

    private static String printable(String sentence) {
        return sentence.replaceAll("\\p{Cntrl}", "?");
    }

    private void endpoints(Hashring ring, SourcePosition position) {
        if (ring.endpoints().isEmpty()) {
            problems.error(position, "there are none, write at least one receiver");
        }
        Map<String, Integer> addresses = new HashMap<>();
        Map<String, Integer> hosts = new HashMap<>();
        for (int i = 0; i < ring.endpoints().size(); i++) {
            Endpoint endpoint = ring.endpoints().get(i);
            String shown = QuotedText.of(endpoint.address());
            String host = endpoint.host();
            Integer sameAddress = addresses.putIfAbsent(endpoint.address(), i);
            Integer sameHost = host == null ? null : hosts.putIfAbsent(host, i);
            if (host == null || !HostPort.isHost(host)) {
                problems.error(
                        position.item(i),
                        shown + " is not a receiver's address, write host:port, an IPv6 address in brackets");
            } else if (sameAddress != null) {
                problems.error(position.item(i), shown + " is [" + sameAddress + "] already, leave one out");
            } else if (sameHost != null) {
                problems.warning(
                        position.item(i),
                        shown + " has the same host as [" + sameHost + "]: both take writes at the one write port");
            }
        }
    }

    private void tenants(Hashring ring, SourcePosition position) {
        Comparison comparison = ring.tenants().comparison();
        if (comparison == Comparison.NEVER && !ring.isDefault()) {
            problems.warning(
                    position.key("tenant_matcher_type"),
                    QuotedText.of(ring.tenants().written())
                            + " is not known, so the ring matches no tenant, write exact or glob");
        }
        List<String> names = ring.tenants().names();
        for (int i = 0; i < names.size(); i++) {
            String shown = QuotedText.of(names.get(i));
            if (comparison == Comparison.GLOB && TenantGlob.of(names.get(i)).isMalformed()) {
                problems.error(
                        position.key("tenants").item(i),
                        shown + " is not a valid pattern: receivers fail every write that reaches it, close its bracket"
                                + " or write \\\\ before a character that means itself");
            } else if (comparison == Comparison.EXACT && names.get(i).contains("*")) {
                problems.warning(
                        position.key("tenants").item(i),
                        shown + " is compared letter by letter, did you mean tenant_matcher_type: glob?");
            }
        }
    }
}
