package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.ClaimPath;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.EdgeEntry;
import io.ringgate.config.Identities;
import io.ringgate.config.SourcePosition;
import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.LabelName;
import io.ringgate.edge.Network;
import io.ringgate.edge.OnConflict;
import io.ringgate.edge.StampedLabel;
import io.ringgate.edge.TenantId;
import io.ringgate.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeEntryTest {

    private static final EdgeName NAME = new EdgeName("cluster-02-edge");
    private static final TenantId TENANT = new TenantId("default-tenant");
    private static final List<EdgeCredential> TWO =
            List.of(new EdgeCredential(new EdgeCredential.Basic("two", null), null, ""));

    private static final String TENANT_LABEL = "stamp: {tenant_label: tenant}\n";

    @TempDir
    Path folder;

    @Test
    void defaults() throws IOException {
        Edge edge = new Edge(
                NAME, TENANT, List.of(label("cluster", "cluster-02-edge", OnConflict.RENAME)), List.of(), true);

        assertThat(new ConfigFixture(folder).takenEdges()).containsExactly(new EdgeEntry(edge, TWO));
    }

    @Test
    void every_key() throws IOException {
        Edge edge = new Edge(
                NAME,
                TENANT,
                List.of(
                        label("tenant_id", "default-tenant", OnConflict.RENAME),
                        label("edge", "cluster-02-edge", OnConflict.RENAME),
                        label("region", "seoul", OnConflict.KEEP)),
                List.of(
                        Objects.requireNonNull(Network.parse("10.2.0.0/16")),
                        Objects.requireNonNull(Network.parse("fd00:2::/64"))),
                false);

        assertThat(FullConfigTest.load(folder).identities().edges().getFirst())
                .isEqualTo(new EdgeEntry(
                        edge,
                        List.of(
                                new EdgeCredential(
                                        new EdgeCredential.Basic("two", null),
                                        Instant.parse("2027-01-31T00:00:00Z"),
                                        "since May"),
                                new EdgeCredential(
                                        new EdgeCredential.Basic(
                                                "three", Secret.of("s".repeat(22) + "." + "h".repeat(43))),
                                        null,
                                        ""),
                                new EdgeCredential(
                                        new EdgeCredential.Jwt(
                                                "keycloak",
                                                new TreeMap<>(Map.of("azp", "cluster-02-edge", "/org/name", "acme"))),
                                        null,
                                        ""),
                                new EdgeCredential(
                                        new EdgeCredential.OAuth2(Map.of(
                                                new ClaimPath(List.of("client_id")), "two",
                                                new ClaimPath(List.of("resource", "name")), "edges")),
                                        null,
                                        ""))));
    }

    @Test
    void an_edge_may_give_the_edge_label_another_value() throws IOException {
        assertThat(labels("labels: {cluster: other}, on_conflict: {cluster: reject}"))
                .containsExactly(
                        label("tenant", "default-tenant", OnConflict.RENAME),
                        label("cluster", "other", OnConflict.REJECT));
    }

    @Test
    void one_word_is_for_all_labels_but_the_tenant_is_never_kept() throws IOException {
        assertThat(labels("on_conflict: keep"))
                .extracting(StampedLabel::onConflict)
                .containsExactly(OnConflict.RENAME, OnConflict.KEEP);
        assertThat(labels("on_conflict: overwrite"))
                .extracting(StampedLabel::onConflict)
                .containsExactly(OnConflict.OVERWRITE, OnConflict.OVERWRITE);
        assertThat(labels("on_conflict: reject"))
                .extracting(StampedLabel::onConflict)
                .containsExactly(OnConflict.REJECT, OnConflict.REJECT);
    }

    @Test
    void a_label_that_is_switched_off_is_not_stamped_and_free_for_the_edge() throws IOException {
        List<EdgeEntry> edges = new ConfigFixture(folder)
                .with("stamp: {tenant_label: '', edge_label: ''}\n")
                .edges(one("labels: {tenant: mine}"))
                .takenEdges();

        assertThat(edges.getFirst().edge().labels()).containsExactly(label("tenant", "mine", OnConflict.RENAME));
    }

    @Test
    void values_are_text_whatever_yaml_makes_of_them() throws IOException {
        assertThat(labels("labels: {a: yes, b: 1_000, c: 0x1F, d: 1:30, e: 서울, f: 2026-01-01}"))
                .extracting(StampedLabel::value)
                .endsWith("yes", "1_000", "0x1F", "1:30", "서울", "2026-01-01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tenant: _default                  | tenant: _default is not a tenant, write 1 to 128 letters, digits, '_', '.' or '-', beginning with a letter or digit
            labels: {tenant: x}               | labels.tenant: is the tenant label, its value comes from tenant: leave it out
            labels: {9a: x}                   | labels.9a: is not a label name, write letters, digits and '_', not beginning with a digit, not beginning with '__'
            labels: {__name__: x}             | labels.__name__: is not a label name, write letters, digits and '_', not beginning with a digit, not beginning with '__'
            labels: {region: ""}              | labels.region: "" is empty, write a value or leave the key out
            labels: {region: "a\\nb"}         | labels.region: "a\\u000ab" has control characters, write plain text
            labels: {region: "\\uD800"}       | labels.region: "\\ud800" has control characters, write plain text
            labels: {region: [a]}             | labels.region: is a list, write one value
            labels: [a]                       | labels: is a list, write keys under it
            labels: {region: "$ 5"}           | labels.region: has a single $, write ${NAME} for a variable of the environment or $$ for a dollar
            labels: {region: "${REGION}"}     | labels.region: needs the environment variable REGION, which is not set: set it, or write the value
            labels: {region: "${R:-x}"}       | labels.region: names a variable by other than letters, digits and '_', write ${NAME} or $$ for a dollar
            on_conflict: drop                 | on_conflict: drop is not known here, write rename or overwrite or keep or reject
            on_conflict: {tenant: keep}       | on_conflict.tenant: the tenant is never the sender's to choose, write rename, overwrite or reject
            on_conflict: {region: keep}       | on_conflict.region: is not a label that this edge is stamped with, write one of tenant, cluster
            on_conflict: {cluster: no}        | on_conflict.cluster: no is not known here, write rename or overwrite or keep or reject
            enabled: yes                      | enabled: yes is neither true nor false, write one of the two
            credentials: []                   | warning: credentials: there are none, so this edge cannot authenticate: write for example - basic: {user: NAME}
            credentials: [{}]                 | credentials[0].basic: is missing, write basic: {user: NAME}
            credentials: [two]                | credentials[0]: is text, write keys under it
            credentials: [{basic: two}]       | credentials[0].basic: is text, write keys under it
            credentials: [{basic: {}}]        | credentials[0].basic.user: is missing, write a user of the htpasswd file
            credentials: [{basic: {user: "a:b"}}] | credentials[0].basic.user: the value is not a user name, write 1 to 255 characters without a colon
            credentials: [{basic: {user: a}, oauth2: {claims: {a: b}}}] | credentials[0].oauth2: is a second credential beside basic, make it an item of its own
            credentials: [{oauth2: {}}]       | credentials[0].oauth2.claims: is missing, write for example claims: {client_id: NAME}
            credentials: [{oauth2: {claims: {}}}] | credentials[0].oauth2.claims: is empty and would fit every token, write at least one claim
            credentials: [{oauth2: {claims: []}}] | credentials[0].oauth2.claims: is a list, write keys under it
            credentials: [{oauth2: {claims: {a: [b]}}}] | credentials[0].oauth2.claims.a: is a list, write one value
            credentials: [{oauth2: {claims: {a: ""}}}] | credentials[0].oauth2.claims.a: "" is not a claim's value, write 1 to 1024 characters
            credentials: [{oauth2: {claims: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1}}}] | credentials[0].oauth2.claims: are 9 claims, write 1 to 8
            credentials: [{oauth2: {claims: {"/a~2": b}}}] | credentials[0].oauth2.claims./a~2: "/a~2" is not the name of a claim, write the name of a claim, or /OUTER/INNER with ~1 for a slash and ~0 for a tilde
            credentials: [{oauth2: {claims: {a: b, /a: c}}}] | credentials[0].oauth2.claims./a: is the same claim as another, remove one of them
            credentials: [{basic: {user: a, password: b}}] | credentials[0].basic.password: unknown key `password`, known here: user, hash
            `credentials: [{basic: {user: a, hash: secret}}]`             | credentials[0].basic.hash: the value is not a hash that `ringgate edge add` made, leave the key out for a user of the htpasswd file
            `credentials: [{basic: {user: a}, not_after: tomorrow}]`      | credentials[0].not_after: tomorrow is not a time, write for example 2027-01-31T00:00:00Z
            allowed_sources: []                                         | allowed_sources: is empty, write the networks that its writes come from, or leave the key out for any
            allowed_sources: [10.1.2.3/8]                               | allowed_sources[0]: 10.1.2.3/8 is an address inside of a network, write 10.0.0.0/8 for the network or 10.1.2.3 for the one address
            allowed_sources: ["2001:db8::7/32"]                         | allowed_sources[0]: 2001:db8::7/32 is an address inside of a network, write 2001:db8::/32 for the network or 2001:db8::7 for the one address
            allowed_sources: [10.0.0.1/33]                              | allowed_sources[0]: 10.0.0.1/33 is not a network, write for example 10.0.0.0/8, 2001:db8::/32 or one address
            """)
    void bad_values(String line, String message) throws IOException {
        String position =
                message.startsWith("warning: ") ? "edges.yaml:1: warning: edges[0]." : "edges.yaml:1: edges[0].";

        assertThat(new ConfigFixture(folder).with(TENANT_LABEL).edges(one(line)).problems())
                .containsExactly(position + message.replaceFirst("^warning: ", ""));
    }

    @Test
    void a_value_of_1024_bytes_is_the_longest() throws IOException {
        assertThat(labels("labels: {a: " + "v".repeat(1024) + "}")).hasSize(3);

        assertThat(new ConfigFixture(folder)
                        .edges(one("labels: {a: " + "v".repeat(1025) + "}"))
                        .problems())
                .singleElement()
                .asString()
                .endsWith("vvv... is longer than 1024 bytes, write a shorter value");
    }

    @Test
    void names_and_users_lead_to_one_edge() throws IOException {
        String yaml = """
                edges:
                  - {name: a, tenant: t, credentials: [{basic: {user: u}}]}
                  - {name: b, tenant: t, credentials: [{basic: {user: v}}, {basic: {user: u}}]}
                  - {name: a, tenant: t, credentials: [{basic: {user: w}}]}
                """;

        assertThat(new ConfigFixture(folder).edges(yaml).problems())
                .containsExactly(
                        "edges.yaml:3: edges[1].credentials[1].basic.user: the value is named already in line 2, one user leads to one edge: write another",
                        "edges.yaml:4: edges[2].name: a is the name of another edge in line 2, write another");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            edges: []     | edges.yaml:1: warning: edges: is empty, so nobody can write and the gateway does not start: add an edge
            edges:        | edges.yaml:1: warning: edges: is empty, so nobody can write and the gateway does not start: add an edge
            edge: []      | edges.yaml:1: edges: is missing, write the list of edge clusters;edges.yaml:1: edge: unknown key `edge`, did you mean `edges`?
            `# nothing`   | edges.yaml: edges: is missing, write the list of edge clusters
            """)
    void no_edges(String yaml, String messages) throws IOException {
        assertThat(new ConfigFixture(folder).edges(yaml + "\n").problems()).containsExactly(messages.split(";"));
    }

    @Test
    void what_is_removed_is_no_edge_any_more() throws IOException {
        String edges = "edges: [{name: a, tenant: t, credentials: [{basic: {user: a}}]}]\n";

        assertThat(new ConfigFixture(folder).edges("removed: [a]\n" + edges).problems())
                .containsExactly("edges.yaml:1: removed[0]: a is also an edge in line 2, remove one of the two");
        assertThat(new ConfigFixture(folder).edges("removed: [b, c]\n" + edges).problems())
                .isEmpty();
    }

    @Test
    void users_are_told_with_their_edge_and_their_place() throws IOException {
        ConfigFixture trial = new ConfigFixture(folder);

        Identities identities = new Identities(trial.takenEdges());

        assertThat(identities.held()).singleElement().satisfies(held -> {
            assertThat(held.edge().name()).isEqualTo(NAME);
            assertThat(held.credential().proof().name()).isEqualTo("basic:two");
        });
        Map<String, SourcePosition> users = trial.load().basicUsers();
        assertThat(users.get("two"))
                .isEqualTo(new SourcePosition(folder + "/edges.yaml", 1, "edges[0].credentials[0].basic.user"));
    }

    private List<StampedLabel> labels(String more) throws IOException {
        return new ConfigFixture(folder)
                .with(TENANT_LABEL)
                .edges(one(more))
                .takenEdges()
                .getFirst()
                .edge()
                .labels();
    }

    /** One edge; what is not given is the least that loads. */
    private static String one(String more) {
        String tenant = more.startsWith("tenant") ? "" : "tenant: default-tenant, ";
        String credentials = more.startsWith("credentials") ? "" : "credentials: [{basic: {user: two}}], ";
        return "edges: [{name: cluster-02-edge, " + tenant + credentials + more + "}]\n";
    }

    private static StampedLabel label(String name, String value, OnConflict onConflict) {
        return new StampedLabel(new LabelName(name), value, onConflict);
    }
}
