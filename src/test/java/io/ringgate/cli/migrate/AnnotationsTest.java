package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the report says of each annotation, word by word: {@code annotations.txt} has a line for each, before it in braces the
 * annotations of nginx that it stands beside, and SECRET for the name of the Secret that was given.
 */
class AnnotationsTest {

    private static final Path LINES = Path.of("src/test/resources/ingress/annotations.txt");
    private static final Pattern LINE = Pattern.compile("(?:\\{(.*?)} )?(- [a-z ]+: `([^:`]+): ([^`]*)` → .*)");

    private static final String SECRET = Ingress.NGINX + "SECRET";
    private static final TenantOptions NO_TENANT =
            new TenantOptions(new TenantId(TenantOptions.USUAL), false, "THANOS-TENANT");

    static List<String> lines() throws IOException {
        return Files.readAllLines(LINES).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static ReportLine judge(String name, String value, Map<String, String> beside) {
        Map<String, String> annotations = new LinkedHashMap<>(beside);
        annotations.put(name, value);
        Ingress ingress = new Ingress(
                "Ingress a/b",
                "b",
                "a",
                "",
                annotations,
                List.of(),
                List.of(new Ingress.Tls("c", List.of())),
                true,
                List.of());
        String secret = beside.get(SECRET);
        ImportedUsers users = secret == null
                ? null
                : new ImportedUsers(
                        List.of(new ImportedUsers.Source(new SecretName("", secret), false, Set.of(new EdgeName("a")))),
                        Secret.of("a:hash"),
                        Map.of("a", new EdgeName("a")),
                        List.of());
        return Annotations.judge(
                name, value, new RuleContext(ingress, new ConfigDraft(FileLayout.FOLDER, NO_TENANT), users));
    }

    private static Map<String, String> beside(String written) {
        Map<String, String> beside = new LinkedHashMap<>();
        for (String one : written.split("; ", -1)) {
            int colon = one.indexOf(": ");
            beside.put(Ingress.NGINX + one.substring(0, colon), one.substring(colon + 2));
        }
        return beside;
    }

    @ParameterizedTest
    @MethodSource("lines")
    void the_report_says_of(String line) {
        Matcher parts = LINE.matcher(line);
        assertThat(parts.matches()).isTrue();

        ReportLine entry =
                judge(parts.group(3), parts.group(4), parts.group(1) == null ? Map.of() : beside(parts.group(1)));

        assertThat(entry).hasToString(parts.group(2));
    }

    @Test
    void every_annotation_that_is_known_has_its_line() throws IOException {
        List<String> named = lines().stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(parts -> parts.group(3))
                .toList();
        TreeSet<String> missing = new TreeSet<>(Annotations.names());
        missing.removeIf(known -> known.endsWith("*")
                ? named.stream().anyMatch(name -> name.startsWith(known.substring(0, known.length() - 1)))
                : named.contains(known));

        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"configuration-snippet", "server-snippet", "auth-snippet", "modsecurity-snippet"})
    void what_may_hold_a_password_is_not_shown(String name) {
        String line = judge(Ingress.NGINX + name, "proxy_set_header Authorization \"Basic c2VjcmV0\";", Map.of())
                .toString();

        assertThat(line).contains(name + ": (not shown)").doesNotContain("c2VjcmV0");
    }

    @Test
    void the_user_info_of_a_url_is_not_shown() {
        assertThat(judge(Ingress.NGINX + "auth-url", "https://anna:hidden-word@idp.example/x", Map.of())
                        .toString())
                .contains("auth-url: https://***@idp.example/x`")
                .doesNotContain("anna", "hidden-word");
    }

    @Test
    void of_a_snippet_the_directives_are_named() {
        String line =
                judge(Ingress.NGINX + "configuration-snippet", """
                        # THANOS-TENANT
                        proxy_set_header X-Scope-OrgID "team-a"; if ($host = x) { return 403; }
                        more_set_headers "X-Frame-Options: DENY";
                        """, Map.of()).toString();

        assertThat(line)
                .isEqualTo(
                        "- decide: `nginx.ingress.kubernetes.io/configuration-snippet: (not shown)` → it sets `X-Scope-OrgID`:"
                                + " if receivers take the tenant from it (--receive.tenant-header), import again with"
                                + " `--tenant-header X-Scope-OrgID`; directives that may decide where writes go or who may write"
                                + " (`if, return`) have no counterpart: look up what they do, and do it in edges.yaml,"
                                + " ringgate.yaml or receivers; directives of nginx (`more_set_headers X-Frame-Options`) have no"
                                + " counterpart");
    }

    @Test
    void of_a_snippet_it_is_told_where_addresses_and_sizes_belong() {
        String line = judge(Ingress.NGINX + "server-snippet", """
                        allow 10.0.0.0/8; deny all;
                        client_max_body_size 8m; auth_basic "x";
                        """, Map.of()).toString();

        assertThat(line)
                .isEqualTo(
                        "- decide: `nginx.ingress.kubernetes.io/server-snippet: (not shown)` → addresses decide who may write"
                                + " (`allow 10.0.0.0/8, deny all`): write `allowed_sources` of each edge in edges.yaml, or a"
                                + " NetworkPolicy; directives that may decide where writes go or who may write (`auth_basic`) have"
                                + " no counterpart: look up what they do, and do it in edges.yaml, ringgate.yaml or receivers; the"
                                + " size of a body (`client_max_body_size 8m`) is left to you: `max_body: {packed: SIZE}` in"
                                + " limits/_default.yaml");
    }

    @Test
    void a_value_is_one_line_without_controls_and_not_endless() {
        String line = judge("example.com/a", "one\ntwo\u0007`three` " + "x".repeat(500), Map.of())
                .toString();

        assertThat(line)
                .startsWith("- not carried: `example.com/a: one\\ntwo?'three' xxx")
                .contains("...` → ");
        assertThat(line.length()).isLessThan(350);
    }
}
