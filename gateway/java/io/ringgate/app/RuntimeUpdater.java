package io.ringgate.app;

import io.ringgate.config.GatewaySettings;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.yaml.HashringsReader;
import io.ringgate.edge.Edge;
import io.ringgate.forward.attempts.AttemptPolicy;
import io.ringgate.forward.connections.ReceiverTls;
import io.ringgate.forward.discovery.Receivers;
import io.ringgate.forward.health.HealthPort;
import io.ringgate.forward.health.ReadinessPoller;
import io.ringgate.http.Connections;
import io.ringgate.observe.AccessLog;
import io.ringgate.observe.CertificateExpiry;
import io.ringgate.observe.RingsHash;
import io.ringgate.pipeline.EdgeLedger;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.ReloadTarget;
import io.ringgate.reload.UnitProblem;
import io.ringgate.tls.TlsEngine;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings configuration into force: what can fail is made first, then everything is swapped, each part at once. What is the
 * same before and after is not touched. Swaps come from one thread.
 *
 * <p>How receivers are spoken to comes before who they are: TLS to a port that speaks plain HTTP is a failure that senders
 * repeat, the other way round it may be a 400 that they do not.
 */
public final class RuntimeUpdater implements ReloadTarget {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeUpdater.class);
    private static final long LOOP_SECONDS = 10;

    /** What stays for the life of the process, whatever is configured. */
    record Standing(
            SharedServices services,
            Receivers receivers,
            AttemptPolicy guard,
            Connections connections,
            Function<HealthPort, ReadinessPoller> poll,
            SenderAuthentication logins,
            @Nullable OperatorAuthentication operators,
            EdgeLedger edges,
            AccessLog accessLog,
            ConfiguredListeners inbound,
            CertificateExpiry days,
            RingsHash ringsHash,
            TlsEngine engine,
            List<EdgeLoop> loops) {}

    private final Standing standing;
    private volatile ActiveConfiguration current;
    private @Nullable LoopConfig parts;
    private volatile @Nullable ReadinessPoller poller;

    RuntimeUpdater(ActiveConfiguration first, Standing standing) {
        this.current = first;
        this.standing = standing;
    }

    GatewaySettings settings() {
        return current.settings();
    }

    ActiveConfiguration current() {
        return current;
    }

    /** What the loops begin with. */
    LoopConfig first() throws UnitProblem {
        standing.inbound().use(standing.inbound().prepare(null, current));
        show(current);
        standing.ringsHash().show(current.rings());
        usePolicies(current);
        LoopConfig made = parts(current, ReceiverSetup.secured(current, standing.engine()));
        parts = made;
        poll(current);
        return made;
    }

    @Override
    public Swap prepare(ActiveConfiguration now, ActiveConfiguration next) throws UnitProblem {
        ConfiguredListeners.Doors doors = standing.inbound().prepare(now, next);
        ReceiverTls secured = securedFor(now, next);
        return () -> apply(now, next, doors, secured);
    }

    private void apply(
            ActiveConfiguration now,
            ActiveConfiguration next,
            ConfiguredListeners.Doors doors,
            @Nullable ReceiverTls secured) {
        current = next;
        standing.inbound().use(doors);
        show(next);
        if (!next.settings().equals(now.settings()) || !ReceiverSetup.trustsAlike(now, next)) {
            LoopConfig made = parts(next, secured);
            parts = made;
            await(Future.all(
                    standing.loops().stream().map(loop -> loop.use(made)).toList()));
            poll(next);
        }
        if (!ReceiverSetup.namesAlike(now, next)) {
            standing.receivers().use(ReceiverSetup.rings(next));
            standing.receivers().start(ReceiverSetup.refresh(next));
        }
        if (!next.rings().equals(now.rings())) {
            standing.ringsHash().show(next.rings());
        }
        standing.logins().use(next.settings());
        standing.accessLog().use(next.settings().accessLog());
        usePolicies(next);
        if (!next.senders().equals(now.senders())) {
            standing.edges().use(next.identities().names());
            standing.services()
                    .shared()
                    .counts()
                    .sources()
                    .use(next.identities().bindSources());
            standing.logins().use(next);
        }
        if (!next.identities().equals(now.identities()) || !next.rings().equals(now.rings())) {
            warnOfEdgesWithoutRing(next);
        }
        if (standing.operators() != null && !next.operators().equals(now.operators())) {
            standing.operators().use(next);
        }
    }

    private void show(ActiveConfiguration now) {
        standing.days().show(now.certificates().values(), now.clientTrusts().values());
    }

    private void usePolicies(ActiveConfiguration next) {
        standing.services().accounts().use(next.policies(), next.settings().caps(), next.identities());
    }

    private static void warnOfEdgesWithoutRing(ActiveConfiguration next) {
        if (next.settings().receivers().source() instanceof ReceiverSource.Hashrings named) {
            for (Edge edge : HashringsReader.withoutRing(next.identities(), next.rings())) {
                LOG.warn(
                        "no ring of {} takes tenant {}: writes of edge {} are refused with 403",
                        named.file(),
                        edge.tenant(),
                        edge.name());
            }
        }
    }

    /** Warns of those that clients refuse, once a day. */
    void tellOfCertificates() {
        standing.days().tellOfFaults();
    }

    /** Nothing is asked in the background any more. */
    void close() {
        ReadinessPoller last = poller;
        if (last != null) {
            last.close();
        }
    }

    private void poll(ActiveConfiguration now) {
        close();
        poller = standing.poll().apply(ReceiverSetup.readyPage(now.settings()));
    }

    private @Nullable ReceiverTls securedFor(ActiveConfiguration now, ActiveConfiguration next) throws UnitProblem {
        LoopConfig before = parts;
        return before != null && ReceiverSetup.trustsAlike(now, next)
                ? before.secured()
                : ReceiverSetup.secured(next, standing.engine());
    }

    private LoopConfig parts(ActiveConfiguration now, @Nullable ReceiverTls secured) {
        return new LoopConfig(
                now.settings(),
                standing.services().under(now.settings()),
                standing.receivers(),
                ReceiverSetup.settings(now.settings(), BuildVersion.text()),
                secured,
                standing.guard(),
                standing.connections());
    }

    /** The loops have other work too; one that is late has the change all the same, a moment later. */
    private static void await(Future<?> swapped) {
        try {
            swapped.await(LOOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            LOG.warn("not every event loop has taken the new settings within {} s", LOOP_SECONDS);
        }
    }
}
