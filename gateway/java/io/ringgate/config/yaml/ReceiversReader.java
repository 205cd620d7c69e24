package io.ringgate.config.yaml;

import io.ringgate.config.HealthEndpoint;
import io.ringgate.config.HostPort;
import io.ringgate.config.OnLimit;
import io.ringgate.config.ReceiverMode;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.ReceiversConfig;
import io.ringgate.config.ThanosVersion;
import io.ringgate.config.WriteEndpoint;
import io.ringgate.hashring.Algorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where writes go: {@code receivers}. */
final class ReceiversReader {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    /** Headers of a request to a receiver that we write ourselves. */
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "expect",
            "user-agent",
            "x-request-id",
            "traceparent",
            "tracestate",
            "x-prometheus-remote-write-version",
            "upgrade",
            "te",
            "trailer");

    private static final ValueKind<String> HEADER = ValueKind.named("name of a header", text -> {
        if (!TOKEN.matcher(text).matches()) {
            throw new InvalidValue("is not a header name, write for example " + ReceiversConfig.DEFAULT_TENANT_HEADER);
        }
        if (OURS.contains(text.toLowerCase(Locale.ROOT))) {
            throw new InvalidValue(
                    "has another meaning in every request, write for example " + ReceiversConfig.DEFAULT_TENANT_HEADER);
        }
        return text;
    });

    static final ValueKind<OnLimit> ON_LIMIT = ValueKind.word("delay", OnLimit.DELAY, "drop", OnLimit.DROP);
    private static final ValueKind<Algorithm> ALGORITHM =
            ValueKind.word("hashmod", Algorithm.HASHMOD, "ketama", Algorithm.KETAMA);
    private static final ValueKind<Integer> REPLICAS = ValueKind.number("a number of replicas", 1, 100);
    private static final DurationKind REFRESH = new DurationKind(Duration.ofMillis(100), Duration.ofHours(1));

    private static final DurationKind DOUBT = new DurationKind(Duration.ZERO, Duration.ofHours(1));

    /** Other statuses come from a proxy in front of a receiver, or mean that a part of a write was stored. */
    private static final ValueKind<Integer> STORED =
            ValueKind.named("`200`, `201`, `202` or `204`", text -> switch (text) {
                case "200", "201", "202", "204" -> Integer.valueOf(text);
                default -> throw new InvalidValue("does not say that a write is stored, write 200, 201, 202 or 204");
            });

    private static final ValueKind<ThanosVersion> VERSION = ValueKind.named("release of Thanos", text -> {
        ThanosVersion version = ThanosVersion.of(text);
        if (version == null) {
            throw new InvalidValue("is not a release of Thanos, write for example v0.37.2");
        }
        return version;
    });

    /** Used when the receivers are not given. */
    static final ReceiverSource NOBODY = new ReceiverSource.Listed(List.of());

    private ReceiversReader() {}

    /** {@link #NOBODY} when no receivers are given. */
    static ReceiversConfig read(Section section) {
        ReceiverMode mode = section.read(
                "mode", ValueKind.word(Map.of("forward", ReceiverMode.FORWARD)), ReceiversConfig.DEFAULT_MODE);
        WriteEndpoint write = WriteEndpointReader.read(section.section("write"));
        ReceiverSource source = Objects.requireNonNullElse(source(section, write.port()), NOBODY);
        String tenantHeader = section.read("tenant_header", HEADER, ReceiversConfig.DEFAULT_TENANT_HEADER);
        HealthEndpoint health = HealthEndpointReader.read(section.section("health"));
        OnLimit onLimit = section.read("on_limit", ON_LIMIT, ReceiversConfig.DEFAULT_ON_LIMIT);
        Set<Integer> stored = stored(section);
        Duration doubt = section.read("doubt", DOUBT, ReceiversConfig.DEFAULT_DOUBT);
        ThanosVersion version = section.find("version", VERSION);
        boolean defaultTenantFolder = section.read("default_tenant_folder", ValueKind.FLAG, false);
        section.end();
        return new ReceiversConfig(
                mode, source, tenantHeader, write, onLimit, health, stored, doubt, version, defaultTenantFolder);
    }

    private static Set<Integer> stored(Section section) {
        if (section.emptyList("stored")) {
            section.error("stored", "is empty, write the statuses that say stored: [200, 204]");
        }
        List<LocatedValue<Integer>> written = section.list("stored", STORED, ReceiversConfig.DEFAULT_STORED);
        return written.isEmpty()
                ? ReceiversConfig.DEFAULT_STORED
                : written.stream().map(LocatedValue::value).collect(Collectors.toUnmodifiableSet());
    }

    /** The first of three ways, in the order in which they are recommended; a second one is a problem. */
    private static @Nullable ReceiverSource source(Section section, int port) {
        HostPortKind receiver = new HostPortKind(port, 1);
        Path hashrings = section.find("hashrings_file", NamedFile.in(section.reading()));
        HostPort dns = section.find("dns", receiver);
        Algorithm algorithm = section.read("algorithm", ALGORITHM, ReceiverSource.Hashrings.DEFAULT_ALGORITHM);
        int replicationFactor =
                section.read("replication_factor", REPLICAS, ReceiverSource.Hashrings.DEFAULT_REPLICATION_FACTOR);
        Duration refresh = section.read("dns_refresh", REFRESH, ReceiverSource.Dns.DEFAULT_REFRESH);
        List<HostPort> addresses = addresses(section, receiver);
        List<String> ways = Stream.of("hashrings_file", "dns", "addresses")
                .filter(section::has)
                .toList();
        if (ways.isEmpty()) {
            section.missing(
                    "hashrings_file",
                    "write the hashring file that the receivers read, or name them by dns or addresses");
            return null;
        }
        ways.stream()
                .skip(1)
                .forEach(way ->
                        section.error(way, "receivers are named by " + ways.getFirst() + " already, leave one out"));
        belongs(section, "dns_refresh", "dns", ways);
        belongs(section, "algorithm", "hashrings_file", ways);
        belongs(section, "replication_factor", "hashrings_file", ways);
        if (hashrings != null) {
            return new ReceiverSource.Hashrings(ReadContext.absolute(hashrings), algorithm, replicationFactor);
        }
        if (dns != null) {
            return new ReceiverSource.Dns(dns, refresh);
        }
        return addresses.isEmpty() ? null : new ReceiverSource.Listed(addresses);
    }

    private static void belongs(Section section, String key, String way, List<String> ways) {
        if (section.has(key) && !ways.contains(way)) {
            section.error(key, "belongs to " + way + ", but receivers are named by " + ways.getFirst());
        }
    }

    private static List<HostPort> addresses(Section section, HostPortKind receiver) {
        List<LocatedValue<HostPort>> written = section.list("addresses", receiver);
        if (section.emptyList("addresses")) {
            section.error("addresses", "is empty, write at least one receiver");
        }
        Map<HostPort, LocatedValue<HostPort>> distinct = new LinkedHashMap<>();
        for (LocatedValue<HostPort> address : written) {
            LocatedValue<HostPort> first = distinct.putIfAbsent(address.value(), address);
            if (first != null) {
                section.error(
                        address.position(),
                        address.value() + " is named already in line "
                                + first.position().line() + ", leave one out");
            }
        }
        return List.copyOf(distinct.keySet());
    }
}
