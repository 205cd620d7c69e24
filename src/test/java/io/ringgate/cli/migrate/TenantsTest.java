package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tenant that a snippet sets is each edge's tenant, or the operator has to decide it. */
class TenantsTest {

    private static final String LOCATION = "configuration-snippet";

    @TempDir
    private Path temporary;

    private Imported imported(String annotations, String... more) throws IOException {
        String secret = IngressText.secret(temporary, "s", "one", "two");
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--secret";
        arguments[1] = secret;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Imported.ofText(
                temporary.resolve("o"), IngressText.of("a", "thanos-receive", "s", annotations), arguments);
    }

    private static Map<String, String> tenants(Imported imported) throws IOException {
        GatewayConfig config =
                Objects.requireNonNull(imported.decided().loaded().config());
        Map<String, String> tenants = new LinkedHashMap<>();
        config.identities()
                .edges()
                .forEach(entry -> tenants.put(
                        entry.edge().name().value(), entry.edge().tenant().value()));
        return tenants;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy_set_header THANOS-TENANT $remote_user;",
                "proxy_set_header thanos-tenant \"$remote_user\";",
                "proxy_set_header 'Thanos-Tenant' '${remote_user}';",
                "# a comment; {\nproxy_set_header\n  THANOS-TENANT\n  $remote_user ; # more",
                "PROXY_SET_HEADER THANOS-TENANT $remote_user;",
                "more_set_input_headers 'THANOS-TENANT: $remote_user';",
                "more_set_input_headers -r \"thanos-tenant:$remote_user\";",
            })
    void of_each_user_it_is_the_users_name(String directive) throws IOException {
        Imported imported = imported(IngressText.snippet(LOCATION, directive));

        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(tenants(imported)).containsExactly(Map.entry("one", "one"), Map.entry("two", "two"));
        assertThat(imported.report())
                .contains(
                        "`2 tenants` → edges.yaml: one of one, two of two, told to receivers by the header THANOS-TENANT")
                .contains("each edge's `tenant` is the name of its user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy_set_header THANOS-TENANT team-a;", "proxy_set_header THANOS-TENANT \"team-a\";"})
    void a_constant_is_that_of_all(String directive) throws IOException {
        Imported imported = imported(IngressText.snippet(LOCATION, directive));

        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(tenants(imported)).containsExactly(Map.entry("one", "team-a"), Map.entry("two", "team-a"));
    }

    @Test
    void the_header_may_have_another_name() throws IOException {
        Imported imported = imported(
                IngressText.snippet(LOCATION, "proxy_set_header x-scope-orgid $remote_user;"),
                "--tenant-header",
                "X-Scope-OrgID");

        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(tenants(imported)).containsEntry("one", "one");
        assertThat(imported.file("ringgate.yaml")).contains("  tenant_header: X-Scope-OrgID\n");
    }

    @Test
    void another_header_that_may_name_a_tenant_is_asked_about() throws IOException {
        Imported imported = imported(IngressText.snippet(LOCATION, "proxy_set_header X-Scope-OrgID $remote_user;"));

        assertThat(imported.code()).isEqualTo(1);
        assertThat(imported.questions())
                .singleElement()
                .asString()
                .contains("it sets X-Scope-OrgID", "import again with --tenant-header X-Scope-OrgID");
    }

    @Test
    void the_option_holds_for_all_and_answers_it() throws IOException {
        Imported imported = imported(
                IngressText.snippet(LOCATION, "proxy_set_header THANOS-TENANT $http_x_team;"), "--tenant", "trial");

        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(tenants(imported)).containsEntry("one", "trial");
        assertThat(imported.report()).contains("it sets the tenant, but `--tenant` says trial");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $http_x_tenant            | it sets the tenant of $$http_x_tenant, which the sender chooses
            "a-$arg_t"                | it sets the tenant of $$arg_t, which the sender chooses
            $ssl_client_s_dn_cn       | it sets the tenant of $$ssl_client_s_dn_cn, of the client's certificate
            $tenant                   | it sets the tenant of $$tenant: write tenant of each edge
            "${remote_user}-prod"     | it sets the tenant of $${remote_user}: write tenant of each edge
            "team a"                  | it sets the tenant of a text that cannot be one
            """)
    void what_is_known_only_with_a_request_has_to_be_decided(String value, String question) throws IOException {
        Imported imported = imported(IngressText.snippet(LOCATION, "proxy_set_header THANOS-TENANT " + value + ";"));

        assertThat(imported.code()).isEqualTo(1);
        assertThat(imported.questions()).singleElement().asString().contains(question);
        assertThat(tenants(imported)).containsEntry("one", "default-tenant");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            if ($remote_user = one) { proxy_set_header THANOS-TENANT a; } | it sets the tenant of some requests only
            proxy_set_header THANOS-TENANT a; proxy_set_header THANOS-TENANT b; | it sets the tenant more than once
            """)
    void what_holds_sometimes_has_to_be_decided(String directives, String question) throws IOException {
        assertThat(imported(IngressText.snippet(LOCATION, directives)).questions())
                .singleElement()
                .asString()
                .contains(question);
    }

    @Test
    void of_a_server_snippet_it_is_carried_over_and_asked_about() throws IOException {
        Imported imported =
                imported(IngressText.snippet("server-snippet", "proxy_set_header THANOS-TENANT $remote_user;"));

        assertThat(imported.questions())
                .singleElement()
                .asString()
                .contains("see under which tenants receivers have today's series");
        assertThat(tenants(imported)).containsEntry("one", "one");
    }

    @Test
    void a_user_whose_name_cannot_be_a_tenant_has_to_be_decided() throws IOException {
        Imported imported = Imported.ofText(
                temporary.resolve("o"),
                IngressText.of(
                        "a",
                        "thanos-receive",
                        "s",
                        IngressText.snippet(LOCATION, "proxy_set_header THANOS-TENANT $remote_user;")),
                "--secret",
                IngressText.secret(temporary, "s", "edge 4"));

        assertThat(imported.code()).isEqualTo(1);
        assertThat(imported.questions())
                .singleElement()
                .asString()
                .contains("user edge 4 → would have its name as tenant, which cannot be one")
                .contains("write tenant of edge edge-4 in edges.yaml");
    }

    @Test
    void one_user_of_two_tenants_has_to_be_decided() throws IOException {
        String yaml = IngressText.of(
                        "a", "thanos-receive", "s", IngressText.snippet(LOCATION, "proxy_set_header THANOS-TENANT a;"))
                + IngressText.of(
                        "b", "thanos-receive", "s", IngressText.snippet(LOCATION, "proxy_set_header THANOS-TENANT b;"));

        Imported imported =
                Imported.ofText(temporary.resolve("o"), yaml, "--secret", IngressText.secret(temporary, "s", "one"));

        assertThat(imported.code()).isEqualTo(1);
        assertThat(imported.questions())
                .singleElement()
                .asString()
                .contains("user one → has several tenants by several Ingresses (a, b), and an edge has one");
    }

    @Test
    void without_users_the_tenant_is_asked_for() throws IOException {
        Imported imported = Imported.ofText(
                temporary.resolve("o"),
                IngressText.of(
                        "a",
                        "thanos-receive",
                        "s",
                        IngressText.snippet(LOCATION, "proxy_set_header THANOS-TENANT $remote_user;")));

        assertThat(imported.code()).isEqualTo(1);
        assertThat(imported.questions().toString())
                .contains("no edge is there yet, and it sets the tenant: each edge's tenant is the name of its user");
    }
}
