package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.EdgeCredential;
import io.ringgate.config.EdgeTemplate;
import io.ringgate.config.Identities;
import io.ringgate.config.Issuer;
import io.ringgate.config.IssuerKeys;
import io.ringgate.config.Issuers;
import io.ringgate.config.SignatureAlgorithm;
import io.ringgate.config.StampLabels;
import io.ringgate.config.TokenRules;
import io.ringgate.edge.LabelName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuersConfigTest {

    private static final String EDGES =
            "edges: [{name: a, tenant: t, credentials: [{jwt: {issuer: idp, claims: {azp: a}}}]}]\n";

    @TempDir
    Path folder;

    @Test
    void defaults() throws IOException {
        assertThat(issuers("name: idp, issuer: 'https://idp.example/', audiences: [ringgate], discovery: true"))
                .isEqualTo(new Issuers(
                        List.of(new Issuer(
                                "idp",
                                "https://idp.example/",
                                new TokenRules(
                                        List.of("ringgate"),
                                        Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256),
                                        Set.of("jwt", "at+jwt"),
                                        Duration.ofSeconds(30),
                                        8192),
                                new IssuerKeys.Fetched(
                                        URI.create("https://idp.example/.well-known/openid-configuration"),
                                        true,
                                        null,
                                        Duration.ofMinutes(5),
                                        Duration.ofHours(1)),
                                null)),
                        1000));
    }

    @Test
    void without_issuers_there_are_none() throws IOException {
        assertThat(Objects.requireNonNull(new ConfigFixture(folder).load().config())
                        .identities()
                        .issuers())
                .isEqualTo(Issuers.NONE);
    }

    @Test
    void every_key() throws IOException {
        Issuers issuers = FullConfigTest.load(folder).identities().issuers();

        assertThat(issuers.maxDynamicTenants()).isEqualTo(50);
        assertThat(issuers.all())
                .containsExactly(
                        new Issuer(
                                "keycloak",
                                "https://idp.example/realms/edges",
                                new TokenRules(
                                        List.of("ringgate", "gateways"),
                                        Set.of(SignatureAlgorithm.ES384, SignatureAlgorithm.EdDSA),
                                        Set.of("at+jwt", "absent"),
                                        Duration.ofSeconds(10),
                                        4096),
                                new IssuerKeys.Fetched(
                                        URI.create("https://idp.example/realms/edges/.well-known/openid-configuration"),
                                        true,
                                        folder.resolve("idp-ca.pem"),
                                        Duration.ofMinutes(1),
                                        Duration.ofHours(2)),
                                new EdgeTemplate(
                                        "{claim:azp}",
                                        "t-{claim:/org/name}",
                                        "[a-z-]+",
                                        new StampLabels(new LabelName("tenant_id"), new LabelName("edge")),
                                        true)),
                        new Issuer(
                                "other",
                                "other.example",
                                rules(),
                                new IssuerKeys.Fetched(
                                        URI.create("http://127.0.0.1:8080/keys?v=1"),
                                        false,
                                        null,
                                        IssuerKeys.DEFAULT_REFRESH,
                                        IssuerKeys.DEFAULT_STALE),
                                null),
                        new Issuer(
                                "third", "third", rules(), new IssuerKeys.InFile(folder.resolve("keys.json")), null));
    }

    private static TokenRules rules() {
        return new TokenRules(
                List.of("ringgate"),
                TokenRules.DEFAULT_ALGORITHMS,
                TokenRules.DEFAULT_TYPES,
                TokenRules.DEFAULT_SKEW,
                TokenRules.DEFAULT_MAX_TOKEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name: Idp                   | name: Idp is not a name, write 1 to 63 small letters, digits, '_' or '-', beginning with a letter or digit
            audiences: []               | audiences: is empty, so no token would be taken: write what is
            algorithms: []              | algorithms: is empty, so no token would be taken: write what is
            algorithms: [HS256]         | algorithms[0]: HS256 is not known here, write RS256 or RS384 or RS512 or PS256 or PS384 or PS512 or ES256 or ES384 or ES512 or EdDSA
            algorithms: [none]          | algorithms[0]: none is not known here, write RS256 or RS384 or RS512 or PS256 or PS384 or PS512 or ES256 or ES384 or ES512 or EdDSA
            types: []                   | types: is empty, so no token would be taken: write what is
            skew: 6m                    | skew: 6m is too long, write 5m or less
            max_token: 17KiB            | max_token: 17KiB is too large, write 16KiB or less
            refresh: 500ms              | refresh: 500ms is too short, write 1s or more
            stale: 8d                   | stale: 8d is too long, write 7d or less
            stale: 1m                   | stale: is shorter than refresh, write a longer time
            discovery: true             | jwks_url: jwks_url and discovery stand side by side, write one of jwks_url, discovery: true and jwks_file
            jwks_url: http://idp/keys   | jwks_url: the value would bring keys that anybody on the way can change, write https
            jwks_url: ftp://idp/keys    | jwks_url: the value is not a URL that keys can be fetched from, write https
            jwks_url: idp/keys          | jwks_url: the value is not a URL, write for example https://idp.example/keys
            jwks_url: "https://a b/"    | jwks_url: the value is not a URL, write for example https://idp.example/keys
            jwks_url: https://u:p@idp/  | jwks_url: the value is not a URL, write for example https://idp.example/keys
            edge_template: {tenant: "{claim:a}", allow: a} | edge_template.edge: is missing, write for example "{claim:azp}"
            edge_template: {edge: x, tenant: "{claim:a}", allow: a} | edge_template.edge: x is not a template, write for example "{claim:azp}" or "edge-{claim:/org/name}"
            edge_template: {edge: "{claim:}", tenant: "{claim:a}", allow: a} | edge_template.edge: {claim:} is not a template, write for example "{claim:azp}" or "edge-{claim:/org/name}"
            edge_template: {edge: "{claim:a}", tenant: "{claim:a}/x", allow: a} | edge_template.tenant: {claim:a}/x is not a template, write for example "{claim:azp}" or "edge-{claim:/org/name}"
            edge_template: {edge: "{claim:a}", tenant: "{claim:a}"} | edge_template.allow: is missing, write the regular expression that the claims' values match
            edge_template: {edge: "{claim:a}", tenant: t, allow: a} | edge_template.tenant: t is not a template, write for example "{claim:azp}" or "edge-{claim:/org/name}"
            edge_template: {edge: "{claim:a}", tenant: "{claim:a}", allow: a, configured_tenants: yes} | edge_template.configured_tenants: yes is not known here, write refuse or allow
            edge_template: {edge: "{claim:a}", tenant: "{claim:a}", allow: "(a)\\\\1"} | edge_template.allow: "(a)\\1" is not a regular expression of RE2 (invalid escape sequence), write \\ before punctuation only; RE2 has no back-references, for example cluster-[0-9]+-edge
            edge_template: {edge: "{claim:a}", tenant: "{claim:a}", allow: "*-edge"} | edge_template.allow: *-edge is not a regular expression of RE2 (missing argument to repetition operator), write .* for any text, or \\* for the character itself, for example cluster-[0-9]+-edge
            edge_template: {edge: "{claim:a}", tenant: "{claim:a}", allow: "[a-z"} | edge_template.allow: [a-z is not a regular expression of RE2 (missing closing ]), write a ] for each [, or \\[ for the character itself, for example cluster-[0-9]+-edge
            edge_template: {edge: "{claim:a}", tenant: "{claim:a}", allow: "(a"} | edge_template.allow: "(a" is not a regular expression of RE2 (missing closing )), write a ) for each (, or \\( for the character itself, for example cluster-[0-9]+-edge
            edge_template: {edge: "{claim:a}", tenant: "{claim:a}", allow: "a(?=b)"} | edge_template.allow: "a(?=b)" is not a regular expression of RE2 (invalid or unsupported Perl syntax), write it without look-around and without ?<name>, which RE2 does not have, for example cluster-[0-9]+-edge
            """)
    void bad_values(String line, String message) throws IOException {
        String key = line.substring(0, line.indexOf(':'));
        StringBuilder issuer = new StringBuilder(line);
        Map.of("name", "idp", "issuer", "i", "audiences", "[ringgate]", "jwks_url", "'https://idp/keys'")
                .forEach((name, value) -> issuer.append(key.equals(name) ? "" : ", " + name + ": " + value));

        assertThat(problems("issuers: [{" + issuer + "}]\n" + (key.equals("name") ? ConfigFixture.ONE_EDGE : EDGES)))
                .containsExactly("edges.yaml:1: issuers[0]." + message);
    }

    private static String template(String edge, String tenant, String allow) {
        return "issuers: [{name: idp, issuer: i, audiences: [x], jwks_url: 'https://idp/keys', edge_template: {edge: '"
                + edge + "', tenant: '" + tenant + "', allow: '" + allow + "', configured_tenants: refuse}}]\n" + EDGES;
    }

    @ParameterizedTest
    @CsvSource({
        "{claim:a}.{claim:b},{claim:a},[a-z-]+",
        "{claim:a}-{claim:b},x-{claim:b}-{claim:a},[a-z]+",
        "e-{claim:a}-x,{claim:a},[a-z-]+",
        "{claim:a}-{claim:a},{claim:b},[a-z-]+",
        "{claim:a}-0-{claim:b},{claim:b},[a-z-]+"
    })
    void a_template_of_claims_that_can_be_told_apart_is_good(String edge, String tenant, String allow)
            throws IOException {
        assertThat(problems(template(edge, tenant, allow))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "{claim:a}-{claim:b},[a-z-]+,-",
        "{claim:a}-{claim:b},.*,-",
        "{claim:a}--{claim:b},-?[a-z]+-?,--",
        "{claim:a}.{claim:b}-{claim:c},[a-z-]+,-",
        "x{claim:a}0{claim:b},[a-z0-9]+,0"
    })
    void a_template_in_which_values_run_into_each_other_is_refused(String text, String allow, String between)
            throws IOException {
        String says =
                text + " has " + between + " between two claims, which allow lets into values, so different values"
                        + " could make one name: write another text between them, or keep it out of allow, for example [a-z0-9]+";

        assertThat(problems(template(text, "{claim:a}", allow)))
                .containsExactly("edges.yaml:1: issuers[0].edge_template.edge: " + says);
        assertThat(problems(template("{claim:a}", text, allow)))
                .containsExactly("edges.yaml:1: issuers[0].edge_template.tenant: " + says);
    }

    @Test
    void a_template_with_nothing_between_two_claims_is_refused() throws IOException {
        assertThat(problems(template("{claim:a}{claim:b}", "{claim:a}", "[a-z]")))
                .containsExactly(
                        "edges.yaml:1: issuers[0].edge_template.edge: {claim:a}{claim:b} has nothing between two claims, so"
                                + " different values could make one name: write a text between them that allow keeps out of"
                                + " values, for example \".\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            tenant: "{claim:o}", allow: "[a-z]+"                             ; true
            tenant: "team-{claim:o}", allow: "a|bc"                          ; true
            tenant: "team-{claim:o}", allow: "c|b"                           ; false
            tenant: "x-{claim:o}", allow: ".*"                               ; false
            tenant: "teamX{claim:o}", allow: ".*"                            ; false
            tenant: "{claim:o}", allow: ".*", configured_tenants: refuse     ; false
            tenant: "{claim:o}", allow: ".*", configured_tenants: allow      ; false
            """)
    void a_template_that_may_lead_to_a_configured_tenant_says_whether_it_may(String template, boolean warned)
            throws IOException {
        String yaml = "issuers: [{name: idp, issuer: i, audiences: [x], jwks_url: 'https://idp/keys',"
                + " edge_template: {edge: \"e-{claim:azp}\", " + template + "}}]\n"
                + "edges: [{name: a, tenant: team-bc, credentials: [{jwt: {issuer: idp, claims: {azp: a}}}]},"
                + " {name: b, tenant: tt, credentials: [{jwt: {issuer: idp, claims: {azp: b}}}]}]\n";
        String tenant = template.contains("team-") ? "team-bc, which edge a has" : "tt, which edge b has";
        List<String> expected = warned
                ? List.of("edges.yaml:1: warning: issuers[0].edge_template.tenant: may lead to tenant " + tenant
                        + ", and such tokens are refused:"
                        + " write configured_tenants: refuse when that is meant, or allow")
                : List.of();

        assertThat(problems(yaml)).isEqualTo(expected);
    }

    @Test
    void keys_come_from_somewhere() throws IOException {
        assertThat(problems("issuers: [{name: idp, issuer: i, audiences: [x]}]\n" + EDGES))
                .containsExactly(
                        "edges.yaml:1: issuers[0].jwks_url: there are none, write one of jwks_url, discovery: true and jwks_file");
        assertThat(problems("issuers: [{name: idp, issuer: i, audiences: [x], discovery: false}]\n" + EDGES))
                .containsExactly("edges.yaml:1: issuers[0].discovery: is false, write true or name the keys otherwise");
        assertThat(problems("issuers: [{name: idp, issuer: i, audiences: [x], discovery: true}]\n" + EDGES))
                .containsExactly(
                        "edges.yaml:1: issuers[0].issuer: the value is not a URL, write for example https://idp.example/keys");
    }

    @Test
    void keys_in_a_file_need_nothing_of_those_that_are_fetched() throws IOException {
        Files.writeString(folder.resolve("k.json"), "{}");

        assertThat(problems(
                        "issuers: [{name: idp, issuer: i, audiences: [x], jwks_file: k.json, refresh: 1m, stale: 1h}]\n"
                                + EDGES))
                .containsExactly(
                        "edges.yaml:1: issuers[0].refresh: is for keys that are fetched, leave it out beside jwks_file",
                        "edges.yaml:1: issuers[0].stale: is for keys that are fetched, leave it out beside jwks_file");
    }

    @Test
    void names_and_issuers_are_distinct() throws IOException {
        assertThat(problems("""
                issuers:
                  - {name: idp, issuer: i, audiences: [x], jwks_url: "https://i/"}
                  - {name: idp, issuer: j, audiences: [x], jwks_url: "https://i/"}
                  - {name: other, issuer: i, audiences: [x], jwks_url: "https://i/"}
                """ + EDGES))
                .containsExactly(
                        "edges.yaml:3: issuers[1].name: idp is that of another issuer in line 2, write another",
                        "edges.yaml:4: issuers[2].issuer: the value is that of another issuer in line 2, write another");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {issuer: idp}                       | claims: is missing, write for example {azp: cluster-02-edge}
            {issuer: idp, claims: {}}           | claims: are 0, write 1 to 8
            {issuer: idp, claims: {"/": a}}     | claims: have one without a name, write for example azp or /org/name
            {issuer: idp, claims: {azp: ""}}    | claims.azp: "" is not the value of a claim, write 1 to 1024 characters of plain text;claims: are 0, write 1 to 8
            {issuer: idp, claims: {azp: [a]}}   | claims.azp: is a list, write one value;claims: are 0, write 1 to 8
            {issuer: keycloak, claims: {a: b}}  | issuer: the value is not the name of an issuer, add one under issuers
            {claims: {azp: a}}                  | issuer: is missing, write the name of an issuer
            """)
    void bad_claims(String jwt, String messages) throws IOException {
        assertThat(problems("issuers: [{name: idp, issuer: i, audiences: [x], jwks_url: 'https://i/'}]\n"
                        + "edges: [{name: a, tenant: t, credentials: [{jwt: " + jwt + "}]}]\n"))
                .containsExactly(List.of(messages.split(";")).stream()
                        .map(message -> "edges.yaml:2: edges[0].credentials[0].jwt." + message)
                        .toArray(String[]::new));
    }

    @Test
    void the_same_claims_lead_to_one_edge() throws IOException {
        assertThat(problems("""
                issuers: [{name: idp, issuer: i, audiences: [x], jwks_url: "https://i/"}]
                edges:
                  - {name: a, tenant: t, credentials: [{jwt: {issuer: idp, claims: {x: a, y: b}}}]}
                  - {name: b, tenant: t, credentials: [{jwt: {issuer: idp, claims: {y: b, x: a}}}]}
                """))
                .containsExactly(
                        "edges.yaml:4: edges[1].credentials[0].jwt.claims: stand already in line 3, the same claims of one issuer lead to one edge: write others");
    }

    @Test
    void a_credential_is_one_proof() throws IOException {
        assertThat(problems("""
                issuers: [{name: idp, issuer: i, audiences: [x], jwks_url: "https://i/"}]
                edges: [{name: a, tenant: t, credentials: [{basic: {user: u}, jwt: {issuer: idp, claims: {a: b}}}]}]
                """))
                .containsExactly(
                        "edges.yaml:2: edges[0].credentials[0].jwt: is a second credential beside basic, make it an item of its own");
    }

    @Test
    void there_is_a_bound_to_what_is_looked_up_for_one_token() throws IOException {
        StringBuilder edges = new StringBuilder(
                "issuers: [{name: idp, issuer: i, audiences: [x], jwks_url: 'https://i/'}]\nedges:\n");
        for (int i = 0; i < 17; i++) {
            edges.append("  - {name: e" + i + ", tenant: t, credentials: [{jwt: {issuer: idp, claims: {c" + i
                    + ": v}}}]}\n");
        }

        assertThat(problems(edges.toString()))
                .containsExactly(
                        "edges.yaml:19: edges[16].credentials[0].jwt.claims: are a further choice of claims after 16 of this issuer, use the same claims for more edges");
    }

    @Test
    void a_credential_is_named_by_its_claims() {
        assertThat(new EdgeCredential.Jwt("idp", new TreeMap<>(Map.of("sub", "b", "azp", "a"))).name())
                .isEqualTo("jwt:idp:azp=a,sub=b");
    }

    private Issuers issuers(String issuer) throws IOException {
        Identities identities = Objects.requireNonNull(new ConfigFixture(folder)
                        .edges("issuers: [{" + issuer + "}]\n" + EDGES)
                        .load()
                        .config())
                .identities();
        return identities.issuers();
    }

    private List<String> problems(String edges) throws IOException {
        return new ConfigFixture(folder).edges(edges).problems();
    }
}
