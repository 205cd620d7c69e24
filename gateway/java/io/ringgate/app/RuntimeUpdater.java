package io.ringgate.app;

import io.ringgate.config.GatewaySettings;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.yaml.HashringsReader;
import io.ringgate.edge.Edge;
import io.ringgate.forward.connections.ReceiverTls;
import io.ringgate.forward.health.ReadinessPoller;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.ReloadTarget;
import io.ringgate.reload.UnitProblem;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a configuration to every running part: what can fail is prepared first, then everything is swapped, each part
 * at once. What is the same before and after is not touched. Swaps come from the thread that reloads.
 *
 * <p>TLS towards receivers is swapped before their addresses: TLS to a port of plain HTTP is a failure that senders
 * retry, the other way round it may be a 400 that they do not.
 */
final class RuntimeUpdater implements ReloadTarget {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeUpdater.class);
    private static final long LOOP_SECONDS = 10;

    private final GatewayRuntime runtime;
    private volatile ActiveConfiguration current;
    private @Nullable LoopConfig loopConfig;
    private volatile @Nullable ReadinessPoller poller;

    RuntimeUpdater(ActiveConfiguration first, GatewayRuntime runtime) {
        this.current = first;
        this.runtime = runtime;
    }

    GatewaySettings settings() {
        return current.settings();
    }

    ActiveConfiguration current() {
        return current;
    }

    /** What the loops begin with. */
    LoopConfig first() throws UnitProblem {
        runtime.listeners().apply(runtime.listeners().prepare(null, current));
        updateGauges(current);
        runtime.ringsHash().update(current.rings());
        applyPolicies(current);
        LoopConfig made = loopConfig(current, ReceiverSetup.secured(current, runtime.engine()));
        loopConfig = made;
        pollReceivers(current);
        return made;
    }

    @Override
    public Swap prepare(ActiveConfiguration now, ActiveConfiguration next) throws UnitProblem {
        ConfiguredListeners.Prepared listeners = runtime.listeners().prepare(now, next);
        ReceiverTls secured = securedFor(now, next);
        return () -> apply(now, next, listeners, secured);
    }

    private void apply(
            ActiveConfiguration now,
            ActiveConfiguration next,
            ConfiguredListeners.Prepared listeners,
            @Nullable ReceiverTls secured) {
        current = next;
        runtime.listeners().apply(listeners);
        updateGauges(next);
        if (!next.settings().equals(now.settings()) || !ReceiverSetup.trustsAlike(now, next)) {
            LoopConfig made = loopConfig(next, secured);
            loopConfig = made;
            await(Future.all(
                    runtime.loops().stream().map(loop -> loop.apply(made)).toList()));
            pollReceivers(next);
        }
        if (!ReceiverSetup.namesAlike(now, next)) {
            runtime.receivers().setRings(ReceiverSetup.rings(next));
            runtime.receivers().start(ReceiverSetup.refresh(next));
        }
        if (!next.rings().equals(now.rings())) {
            runtime.ringsHash().update(next.rings());
        }
        runtime.authentication().apply(next.settings());
        runtime.accessLog().configure(next.settings().accessLog());
        applyPolicies(next);
        if (!next.loadedIdentities().equals(now.loadedIdentities())) {
            runtime.edges().configure(next.identities().names());
            runtime.services()
                    .shared()
                    .counts()
                    .sources()
                    .enable(next.identities().bindSources());
            runtime.authentication().apply(next);
        }
        if (!next.identities().equals(now.identities()) || !next.rings().equals(now.rings())) {
            warnOfEdgesWithoutRing(next);
        }
        if (runtime.operators() != null && !next.operators().equals(now.operators())) {
            runtime.operators().apply(next);
        }
    }

    private void updateGauges(ActiveConfiguration now) {
        runtime.certificates()
                .update(now.certificates().values(), now.clientTrusts().values());
    }

    private void applyPolicies(ActiveConfiguration next) {
        runtime.services().accounts().use(next.policies(), next.settings().caps(), next.identities());
    }

    private static void warnOfEdgesWithoutRing(ActiveConfiguration next) {
        if (next.settings().receivers().source() instanceof ReceiverSource.Hashrings named) {
            for (Edge edge : HashringsReader.withoutRing(next.identities(), next.rings())) {
                LOG.atWarn()
                        .addKeyValue("edge", edge.name())
                        .addKeyValue("tenant", edge.tenant())
                        .addKeyValue("file", named.file())
                        .log("tenant has no hashring, its writes are refused with 403");
            }
        }
    }

    /** Warns of certificates that clients refuse, once a day. */
    void warnOfCertificates() {
        runtime.certificates().warnOfFaults();
    }

    /** Stops asking receivers. */
    void close() {
        ReadinessPoller last = poller;
        if (last != null) {
            last.close();
        }
    }

    private void pollReceivers(ActiveConfiguration now) {
        close();
        poller = runtime.readyPollers().apply(ReceiverSetup.readyPage(now.settings()));
    }

    private @Nullable ReceiverTls securedFor(ActiveConfiguration now, ActiveConfiguration next) throws UnitProblem {
        LoopConfig before = loopConfig;
        return before != null && ReceiverSetup.trustsAlike(now, next)
                ? before.secured()
                : ReceiverSetup.secured(next, runtime.engine());
    }

    private LoopConfig loopConfig(ActiveConfiguration now, @Nullable ReceiverTls secured) {
        return new LoopConfig(
                now.settings(),
                runtime.services().under(now.settings()),
                runtime.receivers(),
                ReceiverSetup.settings(now.settings(), BuildVersion.text()),
                secured,
                runtime.guard(),
                runtime.connections());
    }

    /** The loops have other work too: one that is late gets the change a moment later. */
    private static void await(Future<?> swapped) {
        try {
            swapped.await(LOOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            LOG.atWarn()
                    .addKeyValue("duration", Duration.ofSeconds(LOOP_SECONDS))
                    .log("event loops are late to use the new settings");
        }
    }
}
