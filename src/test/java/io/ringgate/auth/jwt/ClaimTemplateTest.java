package io.ringgate.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.Verdict;
import io.ringgate.config.EdgeTemplate;
import io.ringgate.config.StampLabels;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.LabelName;
import io.ringgate.edge.StampedLabel;
import io.ringgate.testing.TestEdges;
import io.ringgate.testing.Token;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTemplateTest {

    private static final String WRONG = "401 wrong_credential";
    private static final String LATER = "503 proof_unavailable";
    private static final StampLabels STAMP = new StampLabels(new LabelName("tenant"), StampLabels.DEFAULT_EDGE_LABEL);

    private final JwtRig rig = new JwtRig();

    @BeforeEach
    void use() throws InvalidDocument {
        rig.template = new EdgeTemplate("edge-{claim:azp}", "{claim:/org/name}", "[a-z][a-z0-9-]*", STAMP);
        rig.edge(JwtRig.BERLIN, "azp", "berlin").use();
    }

    @AfterEach
    void close() {
        rig.method.close();
    }

    private String token(String azp, String org) {
        return rig.token()
                .claim("azp", Token.text(azp))
                .claim("org", "{\"name\":" + Token.text(org) + "}")
                .signed();
    }

    @Test
    void claims_make_an_edge_that_is_stamped_like_any_other() {
        assertThat(rig.answer(token("rome", "italy"))).isEqualTo("edge-rome/italy");
        Future<Verdict> known = Objects.requireNonNull(rig.show(token("rome", "italy")));

        rig.checkAll();
        assertThat(((Verdict.Known) known.result()).edge().labels())
                .extracting(StampedLabel::value)
                .containsExactly("italy", "edge-rome");
        assertThat(rig.method.dynamicEdges()).containsExactly(new EdgeName("edge-rome"));
    }

    @Test
    void a_configured_edge_goes_before_the_template() {
        assertThat(rig.answer(token("berlin", "italy"))).isEqualTo("berlin/team-a");
    }

    @Test
    void nothing_is_made_before_the_signature_is_checked() {
        rig.show(token("rome", "italy"));

        assertThat(rig.method.dynamicEdges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Rome", "rome\\n", "-rome", "ro/me", "../x", "röm", "rome rome"})
    void a_value_that_is_not_allowed_makes_nothing(String value) {
        assertThat(rig.answer(token(value, "italy"))).isEqualTo(WRONG);
        assertThat(rig.answer(token("rome", value))).isEqualTo(WRONG);
        assertThat(rig.method.dynamicEdges()).isEmpty();
    }

    @Test
    void a_value_that_makes_no_name_makes_nothing() {
        assertThat(rig.answer(token("a".repeat(129), "italy"))).isEqualTo(WRONG);
        assertThat(rig.answer(token("a".repeat(128), "italy"))).isEqualTo(WRONG);
        assertThat(rig.answer(token("a".repeat(123), "italy"))).isEqualTo("edge-" + "a".repeat(123) + "/italy");
    }

    @Test
    void a_claim_that_is_missing_makes_nothing() {
        assertThat(rig.answer(rig.token().claim("azp", "\"rome\"").signed())).isEqualTo(WRONG);
    }

    @Test
    void a_name_stays_with_the_tenant_that_had_it_first() {
        rig.answer(token("rome", "italy"));

        assertThat(rig.answer(token("rome", "vatican"))).isEqualTo(WRONG);
        assertThat(rig.answer(token("rome", "italy"))).isEqualTo("edge-rome/italy");
    }

    @Test
    void a_name_of_a_configured_edge_is_not_made_again() throws InvalidDocument {
        rig.edge(TestEdges.edge("edge-rome", "team-r"), "sub", "r").use();
        assertThat(rig.answer(token("rome", "italy"))).isEqualTo(WRONG);
    }

    @Test
    void an_edge_that_is_configured_later_takes_its_name_back() throws InvalidDocument {
        String token = token("rome", "italy");
        rig.answer(token);
        rig.edge(TestEdges.edge("edge-rome", "team-r"), "sub", "r").use();

        assertThat(rig.answer(token)).isEqualTo(WRONG);
        assertThat(rig.method.dynamicEdges()).isEmpty();
    }

    @Test
    void a_tenant_of_a_configured_edge_is_not_entered() throws InvalidDocument {
        assertThat(rig.answer(token("rome", "team-a"))).isEqualTo(WRONG);
        assertThat(rig.answer(token("rome", "team-b"))).isEqualTo("edge-rome/team-b");
        assertThat(rig.method.dynamicEdges()).containsExactly(new EdgeName("edge-rome"));
    }

    @Test
    void a_tenant_that_is_configured_later_is_left_at_once() throws InvalidDocument {
        String token = token("rome", "italy");
        String other = token("oslo", "norway");
        rig.answer(token);
        rig.answer(other);
        rig.edge(TestEdges.edge("milan", "italy"), "sub", "m").use();

        assertThat(rig.answer(token)).isEqualTo(WRONG);
        assertThat(rig.answer(other)).isEqualTo("edge-oslo/norway");
        assertThat(rig.method.dynamicEdges()).containsExactly(new EdgeName("edge-oslo"));

        rig.without(TestEdges.edge("milan", "italy")).use();
        assertThat(rig.answer(token)).isEqualTo("edge-rome/italy");
    }

    @Test
    void a_template_that_says_so_enters_configured_tenants_until_it_says_otherwise() throws InvalidDocument {
        String token = token("rome", "team-a");
        rig.template = new EdgeTemplate("edge-{claim:azp}", "{claim:/org/name}", "[a-z][a-z0-9-]*", STAMP, true);
        rig.use();
        assertThat(rig.answer(token)).isEqualTo("edge-rome/team-a");

        rig.template = new EdgeTemplate("edge-{claim:azp}", "{claim:/org/name}", "[a-z][a-z0-9-]*", STAMP);
        rig.use();
        assertThat(rig.answer(token)).isEqualTo(WRONG);
        assertThat(rig.method.dynamicEdges()).isEmpty();
    }

    @Test
    void no_more_are_made_than_configured_and_the_others_are_told_to_come_later() throws InvalidDocument {
        rig.answer(token("rome", "italy"));
        rig.answer(token("oslo", "norway"));
        String third = token("bern", "swiss");
        assertThat(rig.answer(third)).isEqualTo(LATER);
        assertThat(rig.answer(token("rome", "italy"))).isEqualTo("edge-rome/italy");

        rig.maxDynamic = 3;
        rig.use();

        assertThat(rig.answer(third)).isEqualTo("edge-bern/swiss");
    }

    @Test
    void what_a_changed_template_has_made_is_gone_at_once() throws InvalidDocument {
        String token = token("rome", "italy");
        rig.answer(token);
        rig.template = new EdgeTemplate("{claim:azp}", "fixed-{claim:azp}", "[a-z]+", STAMP);
        rig.use();

        assertThat(rig.method.dynamicEdges()).isEmpty();
        assertThat(rig.answer(token)).isEqualTo("rome/fixed-rome");
    }

    @Test
    void without_the_template_it_is_nobody() throws InvalidDocument {
        String token = token("rome", "italy");
        rig.answer(token);
        rig.template = null;
        rig.use();

        assertThat(rig.answer(token)).isEqualTo(WRONG);
    }

    @Test
    void a_hostile_value_takes_no_longer_than_its_length() throws InvalidDocument {
        rig.template = new EdgeTemplate("{claim:azp}", "{claim:azp}", "(a+)+b", STAMP);
        rig.use();
        long begin = System.nanoTime();

        assertThat(rig.answer(token("a".repeat(128), "x"))).isEqualTo(WRONG);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }
}
