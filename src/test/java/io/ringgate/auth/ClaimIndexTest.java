package io.ringgate.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.ClaimPath;
import io.ringgate.edge.Edge;
import io.ringgate.testing.TestEdges;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimIndexTest {

    private static final ClaimPath CLIENT = new ClaimPath(List.of("client_id"));
    private static final ClaimPath SITE = new ClaimPath(List.of("place", "site"));
    private static final Edge BERLIN = TestEdges.edge("berlin", "team-a");
    private static final Edge BONN = TestEdges.edge("bonn", "team-b");

    private static Login login(Edge edge, @Nullable Instant notAfter) {
        return new Login(edge, "test", notAfter, new LastSeen());
    }

    private static LoginMatch find(ClaimIndex index, Map<ClaimPath, String> claims) {
        return index.find(claims::get);
    }

    @Test
    void all_claims_must_be_there_and_exact() {
        Login berlin = login(BERLIN, null);
        ClaimIndex index = ClaimIndex.of(Map.of(Map.of(CLIENT, "a", SITE, "b"), berlin));

        assertThat(find(index, Map.of(CLIENT, "a", SITE, "b"))).isEqualTo(new LoginMatch.One(berlin));
        assertThat(find(index, Map.of(CLIENT, "a"))).isEqualTo(new LoginMatch.Nobody());
        assertThat(find(index, Map.of(CLIENT, "a", SITE, "B"))).isEqualTo(new LoginMatch.Nobody());
        assertThat(find(index, Map.of())).isEqualTo(new LoginMatch.Nobody());
        assertThat(index.names()).containsExactlyInAnyOrder(CLIENT, SITE);
    }

    @Test
    void a_token_of_two_edges_is_nobodys() {
        ClaimIndex index =
                ClaimIndex.of(Map.of(Map.of(CLIENT, "a"), login(BERLIN, null), Map.of(SITE, "b"), login(BONN, null)));

        assertThat(find(index, Map.of(CLIENT, "a", SITE, "b"))).isEqualTo(new LoginMatch.Several());
        assertThat(find(index, Map.of(CLIENT, "a"))).isInstanceOf(LoginMatch.One.class);
    }

    @Test
    void of_two_credentials_of_an_edge_the_one_counts_that_lasts_longer() {
        Login over = login(BERLIN, Instant.EPOCH);
        Login good = login(BERLIN, null);
        Map<ClaimPath, String> both = Map.of(CLIENT, "a", SITE, "b");

        assertThat(ClaimIndex.of(Map.of(Map.of(CLIENT, "a"), over, Map.of(SITE, "b"), good))
                        .find(both::get))
                .isEqualTo(new LoginMatch.One(good));
        assertThat(ClaimIndex.of(Map.of(Map.of(CLIENT, "a"), good, Map.of(SITE, "b"), over))
                        .find(both::get))
                .isEqualTo(new LoginMatch.One(good));
    }

    @Test
    void ten_thousand_edges_are_two_kinds_of_claims() {
        Map<Map<ClaimPath, String>, Login> many = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            many.put(Map.of(i % 2 == 0 ? CLIENT : SITE, "edge-" + i), login(TestEdges.edge("edge-" + i, "t"), null));
        }
        ClaimIndex index = ClaimIndex.of(many);

        assertThat(find(index, Map.of(SITE, "edge-9999")))
                .isInstanceOfSatisfying(
                        LoginMatch.One.class,
                        one -> assertThat(one.login().edge().name()).hasToString("edge-9999"));
        assertThat(index.names()).hasSize(2);
    }
}
