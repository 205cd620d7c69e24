package io.ringgate.config.yaml;

import io.ringgate.config.AccessLogConfig;
import io.ringgate.config.AdminConfig;
import io.ringgate.config.BodyLimits;
import io.ringgate.config.ConnectionLimits;
import io.ringgate.config.DrainTimes;
import io.ringgate.config.FileLocations;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.ListenerConfig;
import io.ringgate.config.ReceiversConfig;
import io.ringgate.config.StampLabels;
import io.ringgate.config.Timeouts;
import io.ringgate.edge.LabelNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * All of {@code ringgate.yaml}. What the edges need from it is there even when the whole is not, so that problems of
 * both files are reported at once.
 *
 * @param readable with defaults for what is missing
 * @param complete whether nothing without a default is missing
 */
record SettingsReader(GatewaySettings readable, boolean complete, StampLabels stamp, FilesReader files) {

    /** Nothing when a part without a default is missing. */
    @Nullable
    GatewaySettings settings() {
        return complete ? readable : null;
    }

    private static final SizeKind BUDGET = new SizeKind(1L << 20, 1L << 40);

    private static final int MOST_CPU_SHARE = 6_400;

    private static final ValueKind<Integer> CPU_SHARE = new ValueKind.Named<>(
            "percentage, 1% to " + MOST_CPU_SHARE + "%",
            text -> {
                int share = text.matches("[0-9]{1,4}%") ? Integer.parseInt(text.substring(0, text.length() - 1)) : 0;
                if (share < 1 || share > MOST_CPU_SHARE) {
                    throw new InvalidValue(
                            "is not a share of a core, write 1% to " + MOST_CPU_SHARE + "%, for example 20%");
                }
                return share;
            },
            share -> share + "%");

    /** Below this one agent with Prometheus's own settings is refused while it catches up. */
    private static final int SHARDS_OF_ONE_AGENT = 50;

    static SettingsReader read(Section root) {
        ProxiesReader proxies = new ProxiesReader(root);
        ListenersReader addresses = new ListenersReader(proxies);
        List<ListenerConfig> listeners = addresses.listeners(root);
        proxies.end();
        AdminConfig admin = addresses.admin(root.section("admin"));
        AccessLogConfig accessLog = AccessLogReader.read(root.section("access_log"));
        BodyLimits body = BodyReader.read(root.section("body"));
        OptionalLong memoryBudget = memoryBudget(root, body);
        Timeouts timeouts = TimeoutsReader.read(root.section("timeouts"));
        DrainTimes drain = DrainReader.read(root.section("drain"), timeouts.writeDeadline());
        ConnectionLimits connections = ConnectionsReader.read(root.section("connections"));
        int maxConcurrentWrites = maxConcurrentWrites(root);
        int authCpuShare = root.read("auth_cpu_share", CPU_SHARE, GatewaySettings.DEFAULT_AUTH_CPU_SHARE);
        LabelNames labelNames =
                root.read("label_names", ValueKind.word(labelNamesWords()), GatewaySettings.DEFAULT_LABEL_NAMES);
        StampLabels stamp = StampReader.read(root.section("stamp"));
        root.missing("receivers", "write who takes the writes: hashrings_file, dns or addresses");
        ReceiversConfig receivers = ReceiversReader.read(
                root.has("receivers") ? root.section("receivers") : Section.refused(root.position(), root.reading()));
        FilesReader files = FilesReader.read(root.section("files"));
        undecided(root);
        root.end();
        ownPasswords(root, admin, files.locations());
        GatewaySettings readable = new GatewaySettings(
                listeners,
                proxies.trusted(),
                admin,
                accessLog,
                memoryBudget,
                body,
                timeouts,
                drain,
                connections,
                maxConcurrentWrites,
                authCpuShare,
                labelNames,
                stamp,
                receivers,
                files.locations());
        boolean complete = !receivers.source().equals(ReceiversReader.NOBODY);
        return new SettingsReader(readable, complete, stamp, files);
    }

    /** Questions that {@code ringgate import} could not answer: while one stands there, the file cannot be used. */
    private static void undecided(Section root) {
        for (LocatedValue<String> question : root.list("undecided", ValueKind.TEXT)) {
            root.error(
                    question.position(),
                    "must be decided, then delete this line: "
                            + question.value().replaceAll("\\p{Cntrl}", "?"));
        }
    }

    private static void ownPasswords(Section root, AdminConfig admin, FileLocations files) {
        if (files.htpasswd().equals(admin.htpasswdFile())) {
            root.error(
                    root.section("admin").position("htpasswd_file"),
                    "is the password file of the edges too, so every sender could look in: write a file of its own");
        }
    }

    private static OptionalLong memoryBudget(Section root, BodyLimits body) {
        Long budget = root.find("memory_budget", BUDGET);
        if (budget == null) {
            return OptionalLong.empty();
        }
        long largest = body.maxPacked() + body.maxUnpacked();
        if (budget < largest) {
            root.warning(
                    "memory_budget",
                    SizeKind.format(budget)
                            + " cannot hold one write of body.max_packed and body.max_unpacked, write more than "
                            + SizeKind.format(largest) + " or lower those two");
        }
        return OptionalLong.of(budget);
    }

    private static int maxConcurrentWrites(Section root) {
        int writes = root.read(
                "max_concurrent_writes",
                ValueKind.number("a number of writes", 1, 1_000_000),
                GatewaySettings.DEFAULT_MAX_CONCURRENT_WRITES);
        if (writes < SHARDS_OF_ONE_AGENT) {
            root.warning(
                    "max_concurrent_writes",
                    writes
                            + " is less than the 50 shards that one agent may open, write 50 for each agent of an edge or more");
        }
        return writes;
    }

    private static Map<String, LabelNames> labelNamesWords() {
        Map<String, LabelNames> words = new LinkedHashMap<>();
        words.put("utf8", LabelNames.UTF8);
        words.put("legacy", LabelNames.LEGACY);
        return words;
    }
}
