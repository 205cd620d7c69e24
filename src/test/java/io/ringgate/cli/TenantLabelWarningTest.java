package io.ringgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} tells who may have relied on the tenant label that earlier releases stamped. */
class TenantLabelWarningTest {

    private static final String WARNING = "warning: stamp.tenant_label: is not set, so series get no tenant label";

    @TempDir
    Path folder;

    @Test
    void a_file_that_does_not_say_gets_a_warning() throws IOException {
        assertThat(check("")).contains(WARNING);
        assertThat(check("stamp: {edge_label: site}\n")).contains(WARNING);
    }

    @Test
    void a_file_that_says_is_clean() throws IOException {
        assertThat(check("stamp: {tenant_label: tenant}\n")).doesNotContain("tenant_label");
        assertThat(check("stamp: {tenant_label: ''}\n")).doesNotContain("tenant_label");
    }

    private String check(String stamp) throws IOException {
        Files.writeString(folder.resolve("htpasswd"), "");
        Files.writeString(
                folder.resolve("edges.yaml"), "edges: [{name: a, tenant: t, credentials: [{basic: {user: a}}]}]\n");
        Path file = Files.writeString(folder.resolve("ringgate.yaml"), """
                listeners: [{address: "127.0.0.1:0", unsafe_plaintext: true}]
                receivers: {addresses: [receiver-0]}
                """ + stamp);
        StringWriter out = new StringWriter();
        Main.run(new PrintWriter(out), new PrintWriter(out), "check", "--config", file.toString());
        return out.toString();
    }
}
