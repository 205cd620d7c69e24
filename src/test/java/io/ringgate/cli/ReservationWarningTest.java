package io.ringgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} compares the memory of the largest write with the budget. */
class ReservationWarningTest {

    @TempDir
    Path folder;

    @Test
    void a_budget_that_holds_the_largest_write_is_clean() throws IOException {
        assertThat(check("memory_budget: 256MiB", "{}")).doesNotContain("memory_budget");
    }

    @Test
    void a_budget_that_does_not_is_warned_of() throws IOException {
        assertThat(check("memory_budget: 128MiB", "{}"))
                .contains("warning: memory_budget: 128MiB cannot hold the largest write of edge a, which reserves ")
                .contains("MiB for 16MiB packed, 64MiB unpacked and its copy");
        assertThat(check("memory_budget: 128MiB", "{max_body: {unpacked: 20MiB}}"))
                .doesNotContain("cannot hold");
        assertThat(check("memory_budget: 32MiB", "{}"))
                .contains("cannot hold one write of body.max_packed")
                .doesNotContain("cannot hold the largest");
    }

    @Test
    void any_number_of_series_is_told_with_what_it_may_reserve() throws IOException {
        assertThat(check("memory_budget: 1GiB", "{max_series_per_write: none}"))
                .containsPattern(
                        "warning: memory_budget: max_series_per_write is none for edge a, so one write may reserve [5-9]\\d\\dMiB")
                .doesNotContain("cannot hold");
    }

    @Test
    void edges_that_a_template_makes_are_looked_at_too() throws IOException {
        String template =
                "issuers: [{name: corp, issuer: 'https://idp.example.com', audiences: [ringgate], jwks_url: 'https://idp.example.com/keys',"
                        + " edge_template: {edge: '{claim:azp}', tenant: '{claim:org}', allow: '[a-z-]+'}}]\nedges: []\n";

        assertThat(check("memory_budget: 128MiB", "{}", template))
                .contains("cannot hold the largest write of edges that the edge_template of issuer corp makes, which");
        assertThat(check("memory_budget: 1GiB", "{max_series_per_write: none}", template))
                .contains("max_series_per_write is none for edges that the edge_template of issuer corp makes, so one");
    }

    private String check(String settings, String limits) throws IOException {
        return check(settings, limits, "edges: [{name: a, tenant: t, credentials: [{basic: {user: a}}]}]\n");
    }

    private String check(String settings, String limits, String edges) throws IOException {
        Files.writeString(
                folder.resolve("htpasswd"), "a:$2y$10$Tv8gDPQoTTmMGKEaDoDCZ.sJx1gPYpgWCGvvWMKcGg5/tP.Z.gNXy\n");
        Files.writeString(folder.resolve("edges.yaml"), edges);
        Files.createDirectories(folder.resolve("limits"));
        Files.writeString(folder.resolve("limits/_default.yaml"), limits + "\n");
        Path file = Files.writeString(folder.resolve("ringgate.yaml"), """
                listeners: [{address: "127.0.0.1:0", unsafe_plaintext: true}]
                receivers: {addresses: [receiver-0]}
                stamp: {tenant_label: ''}
                """ + settings + "\n");
        StringWriter out = new StringWriter();
        Main.run(new PrintWriter(out), new PrintWriter(out), "check", "--config", file.toString());
        return out.toString();
    }
}
