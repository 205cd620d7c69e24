package io.ringgate.metrics;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The HELP text of each metric: what is counted, in which unit, in one clause of at most 120 characters. Code that counts
 * gives the name alone. Tests compare this table with the names in the code and in docs/operations/metrics.md.
 */
public final class Descriptions {

    private static final String TABLE = """
            ringgate_accepted_exemplars_total: Exemplars that receivers acknowledged.
            ringgate_accepted_histograms_total: Native histograms that receivers acknowledged.
            ringgate_accepted_samples_total: Samples that receivers acknowledged.
            ringgate_accepted_series_total: Series of acknowledged writes, without those that the gateway refused.
            ringgate_accepted_writes_total: Writes that receivers acknowledged.
            ringgate_access_log_dropped_total: Lines of the access log that were lost because its queue was full or its file failed.
            ringgate_admin_connections_evicted_total: Connections to the admin listener that were closed to make room for others.
            ringgate_admin_refused_total: Requests to the admin listener that were refused for their credential or their web origin.
            ringgate_admission_unused_grants_total: Writes that were granted memory and a place after their client had disconnected.
            ringgate_admission_wait_seconds: Time that writes waited for memory or a place, granted or not, in seconds.
            ringgate_admission_waiting: Writes that wait for memory or a place.
            ringgate_admission_waiting_bytes: Memory that the waiting writes need together, in bytes.
            ringgate_auth_cache_hits_total: Writes whose credential was found in the cache of verified credentials.
            ringgate_auth_hash_queue_length: Passwords that wait to be hashed.
            ringgate_auth_hashes_total: Passwords that were hashed, by result.
            ringgate_auth_proofs_refused_total: Credentials that were refused unverified because of a full queue or too many failures.
            ringgate_auth_wait_seconds: Time that credentials waited for their verification, in seconds.
            ringgate_auth_dynamic_edges: Edges that templates created from claims.
            ringgate_auth_tokens_total: Signed tokens that were verified, by result.
            ringgate_build_info: Constant 1, labelled with the versions of Ringgate and Java.
            ringgate_certificate_refused: Certificate file that clients refuse: 1 when expired, not yet valid or without a name, else 0.
            ringgate_certificate_expiry_days: Days until the first certificate in this file expires.
            ringgate_clock_skew_seconds: Seconds that our clock is ahead of the receivers' median clock, NaN while none is known.
            ringgate_config_last_reload_success_timestamp_seconds: Unix time at which the active configuration of this unit was read, in seconds.
            ringgate_credential_expiry_days: Days until a credential with an end expires, negative afterwards.
            ringgate_config_hash: Hash of the active configuration files of this unit, equal on replicas with the same files.
            ringgate_config_last_reload_successful: Result of the unit's last reload: 1 when its files are active, 0 when they were refused.
            ringgate_config_reload_pending: Reload of the unit that waits until an operator forces it: 1 when there is one, else 0.
            ringgate_config_reloads_total: Reloads of a unit of the configuration, by result: applied, pending or refused.
            ringgate_configured_edges: Edges that are enabled and have a valid credential.
            ringgate_connections: Connections of clients that are open.
            ringgate_connections_evicted_total: Connections without an authenticated edge that were closed to free a resource, by resource.
            ringgate_connections_max: Limit of open client connections.
            ringgate_connections_proven: Connections of clients on which an edge has authenticated.
            ringgate_connections_refused_total: Connections that were closed before their first request, by reason.
            ringgate_connections_unproven: Connections of clients on which no edge has authenticated yet.
            ringgate_crl_next_update_days: Days until this certificate revocation list is out of date, negative afterwards.
            ringgate_direct_memory_bytes: Direct memory that is allocated for sockets and TLS, in bytes.
            ringgate_direct_memory_max_bytes: Limit of direct memory for sockets and TLS, in bytes.
            ringgate_edge_accepted_bytes_total: Compressed bytes of this edge's acknowledged writes, as received.
            ringgate_edge_accepted_samples_total: Samples of this edge that receivers acknowledged.
            ringgate_edge_accepted_series_total: Series of this edge's acknowledged writes, without those that the gateway refused.
            ringgate_edge_last_accepted_timestamp_seconds: Unix time of this edge's last acknowledged write in seconds, 0 for none since the start.
            ringgate_edge_refused_series_total: Series of this edge that were refused one by one, by fault.
            ringgate_edge_admission_wait_seconds_total: Seconds that writes of this edge waited for memory or a place.
            ringgate_edge_admission_waits_total: Waits for memory or a place by edge and outcome, granted or refused.
            ringgate_edge_refused_writes_total: Writes of this edge that were refused, by reason.
            ringgate_event_loop_stall_seconds: Longest time within the last minute that an event loop was blocked, in seconds.
            ringgate_introspection_cache_hits_total: Writes whose token was found in the cache of introspection results.
            ringgate_introspection_seconds: Time that the identity provider took for one introspection, failed or not, in seconds.
            ringgate_introspections_total: Introspection requests to the identity provider, by result.
            ringgate_jwks_age_seconds: Seconds since the keys of an issuer were last fetched, or since the start when they never were.
            ringgate_jwks_refreshes_total: Fetches of the keys of an issuer, by result.
            ringgate_label_conflicts_total: Series in which the sender set a stamped label to another value, by edge and label.
            ringgate_limit_used_ratio: Used share of a limit from 0 to 1, that of the fullest edge for limits of each edge.
            ringgate_log_lines_lost_total: Events of the log that were lost because its queue was full.
            ringgate_memory_budget_bytes: Limit of the memory that all writes in flight hold together, in bytes.
            ringgate_memory_reserved_bytes: Memory that the writes in flight have reserved, in bytes.
            ringgate_memory_reserved_peak_bytes: Highest value of ringgate_memory_reserved_bytes since the start, in bytes.
            ringgate_observed_series_total: Series that a policy with observe: true would have refused.
            ringgate_observed_writes_total: Writes that a policy with observe: true would have refused.
            ringgate_received_bytes_total: Compressed bytes of request bodies that were received whole.
            ringgate_receiver_attempt_seconds: Time that one attempt at this receiver took, successful or not, in seconds.
            ringgate_receiver_attempts_total: Attempts to send a write to this receiver, by outcome.
            ringgate_receiver_connection_failures_total: Connections to this receiver that could not be opened.
            ringgate_receiver_connections: Connections to this receiver that are open.
            ringgate_receiver_ejected: State of this receiver: 1 while it is ejected or on trial after failures, else 0.
            ringgate_receiver_ejections_total: Ejections of this receiver after failures, by the limit that was exceeded.
            ringgate_receiver_lookup_failures_total: DNS lookups of receivers that failed.
            ringgate_receiver_outstanding_bytes: Bytes that were sent to this receiver and are not answered yet.
            ringgate_receiver_ready: Last answer of this receiver's readiness page: 1 ready, 0 not ready, -1 unknown.
            ringgate_receiver_retries_denied_total: Retries that were not made because the retry budget was spent.
            ringgate_receiver_retries_total: Writes that were sent to a second receiver.
            ringgate_receiver_unrecognised_edges: Edges whose last write, within five minutes, a receiver refused with an unknown message.
            ringgate_receivers: Receivers that are known.
            ringgate_receivers_unsuitable: Receivers that are not set up as configured according to their metrics page, by difference.
            ringgate_redirects_total: Requests over plain HTTP that were redirected to https.
            ringgate_refused_series_total: Series that were refused one by one, by fault.
            ringgate_refused_writes_total: Writes that were refused, by reason and tenant, which is empty before authentication.
            ringgate_rings_hash: Hash of the active hashring file, equal to a receiver's thanos_receive_config_hash for the same file.
            ringgate_source_shared_by_edges: Source addresses with valid credentials of two or more edges within an hour.
            ringgate_tls_handshakes_total: TLS handshakes of clients that were started.
            ringgate_tls_handshake_failures_total: TLS handshakes of clients that failed, by reason.
            ringgate_write_duration_seconds: Time from the first byte of a stored write to its answer, in seconds.
            ringgate_unfinished_bytes: Bytes of unfinished TLS records, handshakes and request headers outside of memory reservations.
            ringgate_writes_in_flight: Writes that were admitted and are not answered yet.
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

    /** The help text, or null for an unknown metric. */
    public static @Nullable String of(String metric) {
        return HELP.get(metric);
    }

    /** The help texts by the names of their metrics. */
    public static Map<String, String> all() {
        return Map.copyOf(HELP);
    }
}
