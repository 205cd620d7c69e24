package io.ringgate.metrics;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each metric means, in the one sentence that the page shows as its HELP. Whoever counts names only the metric: the
 * sentence is found here, and a test compares this table with the names in the code and in docs/operations/metrics.md.
 */
public final class Descriptions {

    private static final String TABLE = """
            ringgate_accepted_exemplars_total: Exemplars that the receivers acknowledged.
            ringgate_accepted_histograms_total: Native histograms that the receivers acknowledged.
            ringgate_accepted_samples_total: Samples that the receivers acknowledged.
            ringgate_accepted_series_total: Series of acknowledged writes, without those that were refused here.
            ringgate_accepted_writes_total: Writes that the receivers acknowledged.
            ringgate_access_log_dropped_total: Lines of the access log that could not be written, because its queue was full or its file failed.
            ringgate_admin_connections_evicted_total: Connections to the admin listener that were closed to make room for others.
            ringgate_admin_refused_total: Requests to the admin listener whose credential was missing, wrong or could not be checked, or that a foreign web page made.
            ringgate_admission_unused_grants_total: Writes that got their memory and place after a wait when their client had gone.
            ringgate_admission_wait_seconds: How long writes that had to wait for memory or a place waited, granted or not.
            ringgate_admission_waiting: Writes that wait for memory or a place now.
            ringgate_admission_waiting_bytes: Memory that the waiting writes need together.
            ringgate_auth_cache_hits_total: Writes whose credential was proven before and needed no hashing.
            ringgate_auth_hash_queue_length: Credentials that wait to be hashed.
            ringgate_auth_hashes_total: Passwords that were hashed, by what came of it.
            ringgate_auth_proofs_refused_total: Credentials that were not checked: no place to wait was left for their source, or it failed too often under this name.
            ringgate_auth_wait_seconds: How long credentials waited before they were checked.
            ringgate_auth_dynamic_edges: Edges that templates have made of claims.
            ringgate_auth_tokens_total: Signed tokens that were shown, by what came of it.
            ringgate_build_info: Always 1; the labels say which Ringgate on which Java this is.
            ringgate_certificate_refused: Is 1 while clients refuse the certificate in this file: expired, not valid yet, or without a subject alternative name.
            ringgate_certificate_expiry_days: Days until the certificate in this file, or another one there, expires.
            ringgate_clock_skew_seconds: By how much our clock is ahead of the receivers' by the Date of their answers, the median of all; NaN while none says one.
            ringgate_config_last_reload_success_timestamp_seconds: When the state in force of this unit of the configuration was read, in Unix time.
            ringgate_credential_expiry_days: Days until a credential with an end proves nothing any more, negative when it is over.
            ringgate_config_hash: Hash of the files of this unit of the configuration that are in force; replicas with the same files show the same number.
            ringgate_config_last_reload_successful: Is 1 while what the unit's files say is in force, 0 while it is refused and the last good state stays.
            ringgate_config_reload_pending: Is 1 while what the unit's files say waits until the operator forces it.
            ringgate_config_reloads_total: Changes of a unit of the configuration, by what came of them: applied, pending or refused.
            ringgate_configured_edges: Enabled edges with a credential that can be used now.
            ringgate_connections: Open connections of clients.
            ringgate_connections_evicted_total: Connections on which nobody had authenticated that were closed for the sake of others, by what there was too little of.
            ringgate_connections_max: How many connections there may be.
            ringgate_connections_proven: Connections on which an edge has proven itself.
            ringgate_connections_refused_total: Connections that were closed unheard, because there was no place for them or because of what their proxy is or says.
            ringgate_connections_unproven: Connections on which nobody has proven anything yet.
            ringgate_crl_next_update_days: Days until this list of revoked certificates is out of date; it still refuses what is in it then.
            ringgate_direct_memory_bytes: Memory outside of the heap that sockets and TLS have taken.
            ringgate_direct_memory_max_bytes: How much memory outside of the heap sockets and TLS may take.
            ringgate_edge_accepted_bytes_total: Packed bytes, as they came, of this edge's writes that the receivers acknowledged.
            ringgate_edge_accepted_samples_total: Samples of this edge that the receivers acknowledged.
            ringgate_edge_accepted_series_total: Series of this edge's acknowledged writes, without those that were refused here.
            ringgate_edge_last_accepted_timestamp_seconds: When receivers last acknowledged a write of this edge, in Unix time; 0 when not since the start.
            ringgate_edge_refused_series_total: Single series that were left out of this edge's writes, by their fault.
            ringgate_edge_refused_writes_total: Refused writes of this edge by reason.
            ringgate_event_loop_stall_seconds: The longest time of the last minute that an event loop served nobody.
            ringgate_introspection_cache_hits_total: Writes whose token the identity provider was asked about before.
            ringgate_introspection_seconds: How long the identity provider took to answer about one token, or not to.
            ringgate_introspections_total: Tokens that the identity provider had to be asked about, by what came of it.
            ringgate_jwks_age_seconds: Seconds since the keys of an issuer were fetched, or since the start when they never were.
            ringgate_jwks_refreshes_total: Fetches of the keys of an issuer, by what came of it.
            ringgate_label_conflicts_total: Series in which the sender set a stamped label to another value, by edge and label.
            ringgate_limit_used_ratio: The share of a limit that is in use, 1 for all; of what each edge has by itself, that of the edge that uses most.
            ringgate_log_lines_lost_total: Events of the log that were lost because its queue was full.
            ringgate_memory_budget_bytes: What all writes under way may hold together.
            ringgate_memory_reserved_bytes: What the writes under way hold now.
            ringgate_memory_reserved_peak_bytes: The most that writes ever held together since the start.
            ringgate_observed_series_total: Series that a policy would have refused if it did more than observe.
            ringgate_observed_writes_total: Writes that a policy would have refused if it did more than observe.
            ringgate_received_bytes_total: Packed bytes of bodies that came whole.
            ringgate_receiver_attempt_seconds: How long one attempt at this receiver took, successful or not.
            ringgate_receiver_attempts_total: Attempts at this receiver by outcome; a write may need several.
            ringgate_receiver_connection_failures_total: Connections to this receiver that could not be made.
            ringgate_receiver_connections: Open connections to this receiver.
            ringgate_receiver_ejected: Is 1 while this receiver gets no writes because it failed, or one at a time to see whether it is back.
            ringgate_receiver_ejections_total: How often this receiver was set aside, by what was the last straw.
            ringgate_receiver_lookup_failures_total: Look-ups of receivers' names that failed.
            ringgate_receiver_outstanding_bytes: Bytes that were sent to this receiver and are not answered.
            ringgate_receiver_ready: What this receiver's readiness page said last: 1 ready, 0 not ready, -1 unknown.
            ringgate_receiver_retries_denied_total: Retries that were left out because the budget for retries was spent.
            ringgate_receiver_retries_total: Writes that were sent to a second receiver.
            ringgate_receiver_unrecognised_edges: Configured edges whose last refusal, within five minutes, is a receiver's in words that the gateway does not know.
            ringgate_receivers: Receivers that are known now.
            ringgate_receivers_unsuitable: Receivers whose own metrics page says that they are not set up as configured, by what differs.
            ringgate_redirects_total: Requests that came as plain HTTP and were sent on to https; their senders need another URL.
            ringgate_refused_series_total: Single series that were left out of a write, by their fault.
            ringgate_refused_writes_total: Refused writes by reason; the tenant is empty before the sender is known.
            ringgate_rings_hash: Hash of the hashring file in force, the number that a receiver with the same file shows in thanos_receive_config_hash.
            ringgate_source_shared_by_edges: Addresses that presented valid credentials of two or more edges within an hour, counted while some edge has allowed_sources.
            ringgate_tls_handshakes_total: TLS handshakes of clients that began.
            ringgate_tls_handshake_failures_total: Handshakes with clients that failed, by reason.
            ringgate_write_duration_seconds: How long stored writes took, from the first byte of the request to the answer.
            ringgate_unfinished_bytes: What unfinished TLS records, handshakes and request heads take outside of reservations, of strangers and of authenticated connections.
            ringgate_writes_in_flight: Writes that have their place and no answer yet.
            """;

    private static final Map<String, String> HELP = read();

    private Descriptions() {}

    private static Map<String, String> read() {
        Map<String, String> all = new TreeMap<>();
        TABLE.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            all.put(line.substring(0, colon), line.substring(colon + 2));
        });
        return all;
    }

    /** The sentence, or null for a metric that nobody described. */
    public static @Nullable String of(String metric) {
        return HELP.get(metric);
    }

    /** Every described metric with its sentence, by name. */
    public static Map<String, String> all() {
        return Map.copyOf(HELP);
    }
}
