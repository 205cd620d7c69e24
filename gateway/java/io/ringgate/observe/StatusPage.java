package io.ringgate.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ringgate.auth.Logins;
import io.ringgate.auth.jwt.IssuerState;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.EdgeEntry;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import io.ringgate.config.Rings;
import io.ringgate.edge.EdgeName;
import io.ringgate.forward.HealthSnapshot;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.Suitability;
import io.ringgate.forward.discovery.Receivers;
import io.ringgate.hashring.FileHash;
import io.ringgate.limits.AdmissionQueue;
import io.ringgate.limits.MemoryBudget;
import io.ringgate.pipeline.EdgeRuntime;
import io.ringgate.pipeline.EdgeRuntimes;
import io.ringgate.pipeline.EdgeStatus;
import io.ringgate.pipeline.SharedSources;
import io.ringgate.pipeline.TenantAccounts;
import io.ringgate.tls.ServerCertificate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The status of the gateway now, for its operator, as JSON. No secret and no credential is in it. Any thread.
 *
 * @param config what is active, asked for each page
 * @param logins what is known of each credential
 */
public record StatusPage(
        ProcessState process,
        Writes writes,
        Supplier<Configuration> config,
        Logins logins,
        Receivers receivers,
        Supplier<List<IssuerState>> issuers)
        implements Supplier<String> {

    /**
     * The process.
     *
     * @param started when, in milliseconds of Unix time
     * @param wallClock the same scale
     */
    public record ProcessState(
            String version, long started, LongSupplier wallClock, BooleanSupplier ready, IntSupplier connections) {}

    /**
     * What writes use.
     *
     * @param admissions which writes are under way and wait, and the memory they hold
     * @param accounts how much of their limits tenants use
     * @param sources addresses that several edges share
     * @param edges what became of the writes of each edge
     */
    public record Writes(
            AdmissionQueue admissions, TenantAccounts accounts, SharedSources sources, EdgeRuntimes edges) {}

    /** The active configuration, as far as it is shown. */
    public record Configuration(
            GatewaySettings settings,
            Collection<ServerCertificate> certificates,
            Rings rings,
            Identities identities,
            List<UnitStatus> units) {}

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public String get() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("version", process.version());
            json.writeStringField("java", Runtime.version().toString());
            json.writeStringField(
                    "started", Instant.ofEpochMilli(process.started()).toString());
            json.writeNumberField("uptime_seconds", (process.wallClock().getAsLong() - process.started()) / 1000);
            json.writeBooleanField("ready", process.ready().getAsBoolean());
            json.writeNumberField("connections", process.connections().getAsInt());
            json.writeNumberField(
                    "writes_in_flight", writes.admissions().writes().total());
            json.writeNumberField("writes_waiting", writes.admissions().waiting());
            MemoryBudget budget = writes.admissions().budget();
            json.writeObjectFieldStart("memory_budget");
            json.writeNumberField("size_bytes", budget.size());
            json.writeNumberField("reserved_bytes", budget.used());
            json.writeNumberField("peak_bytes", budget.peak());
            json.writeEndObject();
            Configuration now = config.get();
            writeFiles(json, now.settings());
            writeUnits(json, now.units());
            writeCertificates(json, now.certificates());
            writeSharedSources(json);
            writeReceivers(json);
            FileHash rings = now.rings().hash();
            json.writeObjectField("rings_hash", rings == null ? null : rings.value());
            writeRings(json);
            writeIssuers(json);
            TenantsSection.write(json, writes.accounts().uses());
            writeEdges(json, now.identities().edges());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return text.append('\n').toString();
    }

    private static void writeFiles(JsonGenerator json, GatewaySettings settings) throws IOException {
        json.writeObjectFieldStart("files");
        json.writeStringField("edges", settings.files().edges().toString());
        json.writeStringField("htpasswd", settings.files().htpasswd().toString());
        Path operators = settings.admin().htpasswdFile();
        json.writeStringField("admin_htpasswd", operators == null ? null : operators.toString());
        json.writeEndObject();
    }

    private static void writeUnits(JsonGenerator json, List<UnitStatus> units) throws IOException {
        json.writeArrayFieldStart("configuration");
        for (UnitStatus unit : units) {
            json.writeStartObject();
            json.writeStringField("unit", unit.unit());
            json.writeBooleanField("good", unit.problems().isEmpty());
            json.writeStringField("in_force_since", unit.since().toString());
            json.writeArrayFieldStart("refused_because");
            for (String problem : unit.problems()) {
                json.writeString(problem);
            }
            json.writeEndArray();
            json.writeStringField("pending", unit.pending());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeCertificates(JsonGenerator json, Collection<ServerCertificate> certificates) throws IOException {
        Instant now = Instant.ofEpochMilli(process.wallClock().getAsLong());
        json.writeArrayFieldStart("certificates");
        for (ServerCertificate certificate : certificates) {
            json.writeStartObject();
            json.writeStringField("file", certificate.files().certFile().toString());
            json.writeStringField("not_after", certificate.expiry().toString());
            json.writeArrayFieldStart("refused_by_clients_because");
            for (String fault : certificate.faults(now)) {
                json.writeString(fault);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeSharedSources(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("shared_sources");
        for (SharedSources.Shared shared : writes.sources().shared()) {
            json.writeStartObject();
            json.writeStringField("address", shared.address().toString());
            json.writeArrayFieldStart("edges");
            for (EdgeName edge : shared.edges()) {
                json.writeString(edge.value());
            }
            json.writeEndArray();
            json.writeStringField("warning", shared.warning());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeReceivers(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("receivers");
        for (Receiver receiver : receivers.current()) {
            json.writeStartObject();
            json.writeStringField("address", receiver.label());
            json.writeNumberField("outstanding_bytes", receiver.outstandingBytes());
            json.writeNumberField("connections", receiver.openConnections());
            HealthSnapshot health = receiver.healthSnapshot(System.nanoTime());
            json.writeStringField("state", health.state());
            json.writeNumberField("next_trial_in_ms", health.retryInMillis());
            json.writeStringField("says_it_is", health.ready());
            json.writeStringField("last_failure", health.lastFailure());
            Suitability suitability = receiver.suitability();
            json.writeStringField("suitability", suitability.fit().label());
            json.writeStringField("suitability_reason", suitability.sentence());
            json.writeStringField("thanos_version", suitability.version());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeRings(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("rings");
        for (Receivers.Group group : receivers.groups()) {
            json.writeStartObject();
            json.writeStringField("name", group.ring());
            json.writeArrayFieldStart("receivers");
            for (Receiver receiver : group.members()) {
                json.writeString(receiver.label());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeIssuers(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("issuers");
        for (IssuerState issuer : issuers.get()) {
            json.writeStartObject();
            json.writeStringField("name", issuer.name());
            json.writeNumberField("keys", issuer.keys());
            if (issuer.ageSeconds() == null) {
                json.writeNullField("keys_age_seconds");
            } else {
                json.writeNumberField("keys_age_seconds", issuer.ageSeconds());
            }
            json.writeStringField("last_failure", issuer.lastFault());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeEdges(JsonGenerator json, List<EdgeEntry> edges) throws IOException {
        json.writeArrayFieldStart("edges");
        for (EdgeEntry entry : edges) {
            json.writeStartObject();
            json.writeStringField("name", entry.edge().name().value());
            json.writeStringField("tenant", entry.edge().tenant().value());
            json.writeStringField("ring", receivers.ringOf(entry.edge().tenant()));
            json.writeBooleanField("enabled", entry.edge().enabled());
            EdgeRuntime edge = writes.edges().of(entry.edge().name());
            EdgeStatus status = edge.status();
            json.writeNumberField(
                    "writes_in_flight", writes.admissions().writes().current(edge.share()));
            writeWaits(json, writes.admissions().waiting(edge.share()), status.waits());
            writeOutcomes(json, status);
            writeCredentials(json, entry);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeCredentials(JsonGenerator json, EdgeEntry entry) throws IOException {
        json.writeArrayFieldStart("credentials");
        for (EdgeCredential credential : entry.credentials()) {
            String name = credential.proof().name();
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeStringField("note", credential.note());
            json.writeStringField("not_after", text(credential.notAfter()));
            json.writeStringField(
                    "last_seen", text(logins.lastSeen(entry.edge().name(), name).time()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /** Of writes that wait for memory or a place. */
    private static void writeWaits(JsonGenerator json, int now, EdgeStatus.Waits waits) throws IOException {
        json.writeObjectFieldStart("admission_waits");
        json.writeNumberField("now", now);
        json.writeNumberField("granted", waits.granted());
        json.writeNumberField("refused", waits.refused());
        json.writeNumberField("seconds", waits.time().toMillis() / 1e3);
        json.writeEndObject();
    }

    private static void writeOutcomes(JsonGenerator json, EdgeStatus status) throws IOException {
        Instant accepted = status.lastAccepted();
        json.writeStringField("last_accepted", accepted == null ? null : accepted.toString());
        EdgeStatus.Refusal refusal = status.lastRefusal();
        if (refusal == null) {
            json.writeNullField("last_refusal");
            return;
        }
        json.writeObjectFieldStart("last_refusal");
        json.writeStringField("time", refusal.time().toString());
        json.writeStringField("reason", refusal.reason());
        json.writeStringField("message", refusal.sentence());
        json.writeStringField("request_id", refusal.requestId());
        json.writeEndObject();
    }
}
