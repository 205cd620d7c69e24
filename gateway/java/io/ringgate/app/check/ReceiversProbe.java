package io.ringgate.app.check;

import io.ringgate.app.ReceiverSetup;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Problems;
import io.ringgate.config.SourcePosition;
import io.ringgate.config.ThanosVersion;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.Suitability;
import io.ringgate.forward.discovery.NameLookup;
import io.ringgate.forward.discovery.ReceiverRing;
import io.ringgate.forward.discovery.Receivers;
import io.ringgate.forward.health.SuitabilityProbe;
import io.ringgate.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks every receiver once, for a configuration that is not running, and compares what it shows with what is configured.
 */
public final class ReceiversProbe {

    private static final long MOST_MINUTES = 5;

    private ReceiversProbe() {}

    /**
     * Asks all: one that is not set up as configured is an error, one that cannot be asked a warning. Blocks, for minutes
     * at most.
     *
     * @param file ringgate.yaml itself
     * @return the oldest version among them; null unless each says which it is
     */
    public static @Nullable ThanosVersion ask(GatewayConfig config, Path file, Problems problems) {
        List<ReceiverRing> rings = ReceiverSetup.rings(config.settings(), config.rings());
        SourcePosition position = SourcePosition.ofFile(file).key("receivers");
        try (Receivers receivers = Receivers.inRings(List.of(), NameLookup.system(), Metrics.none())) {
            receivers.setRings(rings);
            List<Receiver> all = receivers.current();
            boolean complete = lookedUp(rings, all, position, problems);
            Map<String, Suitability> found = ask(config, all);
            all.forEach(receiver -> {
                Suitability suitability = found.get(receiver.label());
                String where = "receiver " + receiver.label() + ": ";
                if (suitability == null) {
                    problems.warning(position, where + "no answer in time");
                } else if (suitability.fit().isProblem()) {
                    problems.error(position, where + suitability.sentence());
                } else if (suitability.fit() == Suitability.Fit.UNKNOWN) {
                    problems.warning(position, where + suitability.sentence());
                }
            });
            return complete && found.size() == all.size() ? oldest(found) : null;
        }
    }

    /** Warns of names that lead nowhere; false when there are any. */
    private static boolean lookedUp(
            List<ReceiverRing> rings, List<Receiver> all, SourcePosition position, Problems problems) {
        boolean complete = true;
        for (ReceiverRing ring : rings) {
            for (ReceiverAddress member : ring.members()) {
                boolean found = ring.everyAddress()
                        ? !all.isEmpty()
                        : all.stream().anyMatch(receiver -> receiver.label().equals(member.toString()));
                if (!found) {
                    complete = false;
                    problems.warning(position, "receiver " + member + ": the name has no address");
                }
            }
        }
        return complete;
    }

    private static Map<String, Suitability> ask(GatewayConfig config, List<Receiver> all) {
        GatewaySettings settings = config.settings();
        Map<String, Suitability> found = new ConcurrentSkipListMap<>();
        Vertx vertx = Vertx.vertx();
        Promise<Void> done = Promise.promise();
        vertx.runOnContext(now -> SuitabilityProbe.ask(
                        vertx,
                        ReceiverSetup.readyPage(settings),
                        ReceiverSetup.expectedRing(settings, config.rings()),
                        all,
                        (receiver, suitability) -> found.put(receiver.label(), suitability))
                .onComplete(done));
        await(done.future());
        await(vertx.close());
        return found;
    }

    private static void await(Future<?> ended) {
        try {
            ended.await(MOST_MINUTES, TimeUnit.MINUTES);
        } catch (TimeoutException late) {
            // Receivers that were not asked by then are reported.
        }
    }

    private static @Nullable ThanosVersion oldest(Map<String, Suitability> found) {
        List<ThanosVersion> versions = new ArrayList<>();
        for (Suitability each : found.values()) {
            ThanosVersion version = ThanosVersion.of(each.version());
            if (version == null) {
                return null;
            }
            versions.add(version);
        }
        return versions.stream().min(Comparator.naturalOrder()).orElse(null);
    }
}
