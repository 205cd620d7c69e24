package io.ringgate.config.yaml;

import io.ringgate.config.HealthEndpoint;
import io.ringgate.config.HostPort;
import io.ringgate.config.OnLimit;
import io.ringgate.config.ReceiverMode;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.ReceiversConfig;
import io.ringgate.config.WriteEndpoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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

    private static final Kind<String> HEADER = text -> {
        if (!TOKEN.matcher(text).matches()) {
            throw new Unfit("is not a header name, write for example " + ReceiversConfig.DEFAULT_TENANT_HEADER);
        }
        if (OURS.contains(text.toLowerCase(Locale.ROOT))) {
            throw new Unfit(
                    "has another meaning in every request, write for example " + ReceiversConfig.DEFAULT_TENANT_HEADER);
        }
        return text;
    };

    private static final DurationKind REFRESH = new DurationKind(Duration.ofMillis(100), Duration.ofHours(1));

    private ReceiversReader() {}

    /** Nothing when it is not told who the receivers are. */
    static @Nullable ReceiversConfig read(Section section) {
        ReceiverMode mode =
                section.read("mode", Kind.word(Map.of("forward", ReceiverMode.FORWARD)), ReceiversConfig.DEFAULT_MODE);
        WriteEndpoint write = WriteEndpointReader.read(section.section("write"));
        ReceiverSource source = source(section, write.port());
        String tenantHeader = section.read("tenant_header", HEADER, ReceiversConfig.DEFAULT_TENANT_HEADER);
        HealthEndpoint health = HealthEndpointReader.read(section.section("health"));
        OnLimit onLimit = section.read("on_limit", Kind.word(onLimitWords()), ReceiversConfig.DEFAULT_ON_LIMIT);
        section.end();
        return source == null ? null : new ReceiversConfig(mode, source, tenantHeader, write, onLimit, health);
    }

    private static Map<String, OnLimit> onLimitWords() {
        Map<String, OnLimit> words = new LinkedHashMap<>();
        words.put("delay", OnLimit.DELAY);
        words.put("drop", OnLimit.DROP);
        return words;
    }

    private static @Nullable ReceiverSource source(Section section, int port) {
        HostPortKind receiver = new HostPortKind(port, 1);
        List<HostPort> addresses = addresses(section, receiver);
        HostPort dns = section.find("dns", receiver);
        Duration refresh = section.read("dns_refresh", REFRESH, ReceiverSource.Dns.DEFAULT_REFRESH);
        boolean listed = section.has("addresses");
        if (listed && section.has("dns")) {
            section.problems().error(section.place("dns"), "receivers are named by addresses or by dns, leave one out");
        } else if (!listed) {
            section.missing("dns", "write the one name that all receivers answer to, or list them under addresses");
        } else if (section.has("dns_refresh")) {
            section.problems()
                    .error(
                            section.place("dns_refresh"),
                            "belongs to dns, but the receivers are listed under addresses");
        }
        if (dns != null) {
            return new ReceiverSource.Dns(dns, refresh);
        }
        return addresses.isEmpty() ? null : new ReceiverSource.Listed(addresses);
    }

    private static List<HostPort> addresses(Section section, HostPortKind receiver) {
        List<Placed<HostPort>> written = section.list("addresses", receiver);
        if (section.emptyList("addresses")) {
            section.problems().error(section.place("addresses"), "is empty, write at least one receiver");
        }
        Map<HostPort, Placed<HostPort>> distinct = new LinkedHashMap<>();
        for (Placed<HostPort> address : written) {
            Placed<HostPort> first = distinct.putIfAbsent(address.value(), address);
            if (first != null) {
                section.problems()
                        .error(
                                address.place(),
                                address.value() + " is named already in line "
                                        + first.place().line() + ", leave one out");
            }
        }
        return List.copyOf(distinct.keySet());
    }
}
