package io.ringgate.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.ClaimPath;
import io.ringgate.edge.Edge;
import io.ringgate.testing.Proven;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimedLoginsTest {

    private static final ClaimPath CLIENT = new ClaimPath(List.of("client_id"));
    private static final ClaimPath SITE = new ClaimPath(List.of("place", "site"));
    private static final Edge BERLIN = Proven.edge("berlin", "team-a");
    private static final Edge BONN = Proven.edge("bonn", "team-b");

    private static Login login(Edge edge, @Nullable Instant notAfter) {
        return new Login(edge, "test", notAfter, new LastSeen());
    }

    @Test
    void all_claims_must_be_there_and_exact() {
        Login berlin = login(BERLIN, null);
        ClaimedLogins logins = ClaimedLogins.of(Map.of(Map.of(CLIENT, "a", SITE, "b"), berlin));

        assertThat(logins.find(Map.of(CLIENT, "a", SITE, "b"))).isSameAs(berlin);
        assertThat(logins.find(Map.of(CLIENT, "a"))).isNull();
        assertThat(logins.find(Map.of(CLIENT, "a", SITE, "B"))).isNull();
        assertThat(logins.find(Map.of())).isNull();
        assertThat(logins.wanted()).containsExactlyInAnyOrder(CLIENT, SITE);
    }

    @Test
    void a_token_of_two_edges_is_nobodys() {
        ClaimedLogins logins = ClaimedLogins.of(
                Map.of(Map.of(CLIENT, "a"), login(BERLIN, null), Map.of(SITE, "b"), login(BONN, null)));

        assertThat(logins.find(Map.of(CLIENT, "a", SITE, "b"))).isNull();
        assertThat(logins.find(Map.of(CLIENT, "a"))).isNotNull();
    }

    @Test
    void of_two_credentials_of_an_edge_the_one_counts_that_lasts_longer() {
        Login over = login(BERLIN, Instant.EPOCH);
        Login good = login(BERLIN, null);
        Map<ClaimPath, String> both = Map.of(CLIENT, "a", SITE, "b");

        assertThat(ClaimedLogins.of(Map.of(Map.of(CLIENT, "a"), over, Map.of(SITE, "b"), good))
                        .find(both))
                .isSameAs(good);
        assertThat(ClaimedLogins.of(Map.of(Map.of(CLIENT, "a"), good, Map.of(SITE, "b"), over))
                        .find(both))
                .isSameAs(good);
    }

    @Test
    void ten_thousand_edges_are_two_kinds_of_claims() {
        Map<Map<ClaimPath, String>, Login> many = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            many.put(Map.of(i % 2 == 0 ? CLIENT : SITE, "edge-" + i), login(Proven.edge("edge-" + i, "t"), null));
        }
        ClaimedLogins logins = ClaimedLogins.of(many);

        Login found = logins.find(Map.of(SITE, "edge-9999"));

        assertThat(found).isNotNull();
        assertThat(found.edge().name()).hasToString("edge-9999");
        assertThat(logins.wanted()).hasSize(2);
    }
}
