package io.ringgate.reload.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.jwt.JwtSettings;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.EdgeEntry;
import io.ringgate.config.Identities;
import io.ringgate.config.Issuers;
import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.reload.LoadedIdentities;
import io.ringgate.reload.diff.EdgeChanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CredentialLossTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final String HASH = "$apr1$saltsalt$kkkkkkkkkkkkkkkkkkkkkk";

    private static EdgeEntry edge(String name, boolean enabled, EdgeCredential... credentials) {
        return new EdgeEntry(
                new Edge(new EdgeName(name), new TenantId("t"), List.of(), List.of(), enabled), List.of(credentials));
    }

    private static EdgeEntry edge(String name) {
        return edge(name, true, password(name, null));
    }

    private static EdgeCredential password(String user, @Nullable Instant end) {
        return new EdgeCredential(new EdgeCredential.Basic(user, null), end, "");
    }

    private static EdgeCredential token(String subject) {
        return new EdgeCredential(new EdgeCredential.Jwt("issuer", new TreeMap<>(Map.of("sub", subject))), null, "");
    }

    private static LoadedIdentities senders(Set<String> removed, List<EdgeEntry> edges, String... users) {
        StringBuilder htpasswd = new StringBuilder();
        for (String user : users) {
            htpasswd.append(user).append(':').append(HASH).append('\n');
        }
        Set<EdgeName> names = new HashSet<>();
        removed.forEach(name -> names.add(new EdgeName(name)));
        return new LoadedIdentities(
                new Identities(edges, names, Issuers.NONE, null),
                Htpasswd.parse(htpasswd.toString()),
                JwtSettings.Files.NONE,
                null);
    }

    private static LoadedIdentities senders(EdgeEntry... edges) {
        return senders(Set.of(), List.of(edges), "a", "b", "c");
    }

    private static List<String> lost(LoadedIdentities now, LoadedIdentities next) {
        return CredentialLoss.between(now, next, NOW).edges().stream()
                .map(EdgeName::value)
                .toList();
    }

    private static final LoadedIdentities THREE = senders(edge("a"), edge("b"), edge("c"));

    @Test
    void edges_that_are_gone_and_users_without_a_line_are_lost() {
        assertThat(lost(THREE, senders(edge("a")))).containsExactly("b", "c");
        assertThat(lost(THREE, senders(Set.of(), THREE.identities().edges(), "c")))
                .containsExactly("a", "b");
        assertThat(lost(THREE, THREE)).isEmpty();
    }

    @Test
    void who_has_another_credential_is_not_lost() {
        LoadedIdentities both = senders(edge("a", true, password("a", null), token("a")));

        assertThat(lost(both, senders(Set.of(), both.identities().edges()))).isEmpty();
        assertThat(lost(both, senders(edge("a", true, token("other"))))).isEmpty();
    }

    @Test
    void an_edge_that_is_renamed_keeps_its_credential() {
        assertThat(lost(THREE, senders(edge("x", true, password("a", null)), edge("b"))))
                .containsExactly("c");
        assertThat(lost(THREE, senders(edge("x", false, password("a", null)), edge("b"))))
                .containsExactly("a", "c");
    }

    @Test
    void what_is_written_down_is_no_loss() {
        assertThat(lost(THREE, senders(Set.of("b", "c"), List.of(edge("a")), "a")))
                .isEmpty();
        assertThat(lost(THREE, senders(edge("a", false), edge("b", true, password("b", NOW)), edge("c"))))
                .isEmpty();
    }

    @Test
    void an_end_that_has_not_passed_excuses_no_line_that_is_gone() {
        EdgeEntry later = edge("b", true, password("b", NOW.plusSeconds(1)));

        assertThat(lost(THREE, senders(Set.of(), List.of(edge("a"), later, edge("c")), "a", "c")))
                .containsExactly("b");
    }

    @Test
    void an_end_of_one_credential_excuses_no_other() {
        LoadedIdentities both = senders(edge("a", true, password("a", null), password("b", null)));
        EdgeEntry next = edge("a", true, password("a", NOW), password("b", null));

        assertThat(lost(both, senders(Set.of(), List.of(next), "a"))).containsExactly("a");
    }

    @Test
    void who_could_not_log_in_before_loses_nothing() {
        LoadedIdentities now = senders(edge("a", false, token("a")), edge("b", true, password("b", NOW)), edge("x"));

        assertThat(CredentialLoss.between(now, senders(edge("c")), NOW)).isEqualTo(new CredentialLoss(List.of(), 0));
    }

    @Test
    void more_than_a_tenth_and_at_least_two_wait() {
        assertThat(lostOf(1, 1)).isFalse();
        assertThat(lostOf(1, 5)).isFalse();
        assertThat(lostOf(2, 2)).isTrue();
        assertThat(lostOf(2, 19)).isTrue();
        assertThat(lostOf(2, 20)).isFalse();
        assertThat(lostOf(3, 20)).isTrue();
        assertThat(lostOf(1000, 10_000)).isFalse();
        assertThat(lostOf(1001, 10_000)).isTrue();
    }

    private static boolean lostOf(int lost, int all) {
        List<EdgeEntry> edges = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            edges.add(edge("e" + i, true, token("e" + i)));
        }
        LoadedIdentities now = senders(Set.of(), edges);
        return CredentialLoss.between(now, senders(Set.of(), edges.subList(lost, all)), NOW)
                .isMany();
    }

    @Test
    void withdrawals_are_all_that_is_taken_of_a_change_that_waits() {
        EdgeEntry other = edge("b", true, password("x", null), password("b", NOW));
        LoadedIdentities next = senders(Set.of("a"), List.of(other, edge("c", false), edge("d")), "d");

        LoadedIdentities part = Withdrawals.apply(THREE, next);

        assertThat(part.htpasswd()).isEqualTo(THREE.htpasswd());
        assertThat(part.identities().edges())
                .containsExactly(edge("b", true, password("b", NOW)), edge("c", false, password("c", null)));
        assertThat(Withdrawals.apply(part, next)).isEqualTo(part);
    }

    @Test
    void a_later_end_and_a_switch_back_on_are_no_withdrawals() {
        LoadedIdentities now = senders(edge("a", false, password("a", NOW)));

        assertThat(Withdrawals.apply(now, senders(edge("a", true, password("a", NOW.plusSeconds(9))))))
                .isEqualTo(now);
    }

    @Test
    void names_are_bounded() {
        List<EdgeEntry> many = new ArrayList<>();
        for (int i = 10; i < 60; i++) {
            many.add(edge("e" + i));
        }

        assertThat(EdgeChanges.between(senders(), senders(Set.of(), many)).text())
                .startsWith("50 added (e10, e11, ")
                .endsWith(", e29 and 30 more)");
    }
}
