package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is told by its place: a value that may be a secret, or a part of it, is in no message. */
class SecretValuesTest {

    private static final String MARK = "xyzzy";

    @TempDir
    Path folder;

    private ConfigFixture trial() throws IOException {
        return new ConfigFixture(folder)
                .set("SECRET", MARK)
                .set("PAIR", "anna:" + MARK)
                .set("DIGITS", "9173604")
                .file("present.pem", "");
    }

    private void saysNothingOf(ConfigFixture trial) throws IOException {
        assertThat(trial.problems())
                .isNotEmpty()
                .allSatisfy(problem ->
                        assertThat(problem).doesNotContainIgnoringCase(MARK).doesNotContain("9173604"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{user: two, hash: xyzzy}",
                "{user: two, hash: \"${SECRET}\"}",
                "{user: two, hash: \"$2y$10$xyzzy\"}",
                "{user: two, hash: \"a${xyzzy}b\"}",
                "{user: two, hash: \"a${xyz zy xyzzy}b\"}",
                "{user: two, hash: [xyzzy]}",
                "{user: two, hash: {xyzzy: 1}}",
                "{user: two, hash: *xyzzy}",
                "{user: two, hash: !xyzzy!x y}",
                "{user: two, hash: !<xyzzy y}",
                "{user: two, hash: %xyzzy}",
                "{user: two, hash: @xyzzy}",
                "{user: two, hash: xyzzy: b}",
                "{user: two, hash: \"xyzzy\\q\"}",
                "{user: two, hash: \"xyzzy\\xyzzy\"}",
                "{user: two, hash: 'xyzzy}",
                "{user: two, hash: \"xyzzy}",
                "{user: two, hash: xyzzy",
                "{user: two, hash: xyzzy]}",
                "{user: two, hash: xyzzy, hash: xyzzy}",
                "{user: two, password: xyzzy}",
                "{user: \"two:xyzzy\"}",
                "{user: \"${PAIR}\"}",
                "{two:xyzzy}",
                "\"two:xyzzy\"",
                "xyzzy"
            })
    void of_a_user(String basic) throws IOException {
        saysNothingOf(trial().edges("edges: [{name: a, tenant: b, credentials: [{basic: " + basic + "}]}]\n"));
    }

    @Test
    void of_a_user_who_is_named_twice() throws IOException {
        String twice = "{name: %s, tenant: b, credentials: [{basic: {user: \"${SECRET}\"}}]}";

        saysNothingOf(trial().edges("edges: [" + twice.formatted("a") + ", " + twice.formatted("b") + "]\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "issuers: [{name: idp, issuer: i, audiences: [a], jwks_url: \"https://u:xyzzy@idp/\"}]",
                "issuers: [{name: idp, issuer: i, audiences: [a], jwks_url: \"https:// xyzzy/\"}]",
                "issuers: [{name: idp, issuer: i, audiences: [a], jwks_url: \"http://idp/?key=xyzzy\"}]",
                "issuers: [{name: idp, issuer: \"https://u:xyzzy@idp\", audiences: [a], discovery: true}]",
                "issuers: [{name: idp, issuer: i, audiences: [a], jwks_file: \"https://u:xyzzy@idp\"}]",
                "introspection: {url: \"https://u:xyzzy@idp/\", client_id: a, client_secret_file: present.pem}",
                "introspection: {url: \"https://idp/\", client_id: a, client_secret_file: xyzzy}",
                "introspection: {url: \"https://idp/\", client_id: a, client_secret: xyzzy}",
                "introspection: {url: \"https://idp/\", client_id: a, client_secret_file: \"${SECRET}\"}"
            })
    void of_an_identity_provider(String more) throws IOException {
        saysNothingOf(trial().edges(ConfigFixture.ONE_EDGE + more + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory_budget: \"${SECRET}\"",
                "drain: {not_ready: \"${DIGITS}\"}",
                "admin: {address: \"${SECRET}\"}",
                "admin: {address: \"u:xyzzy@host\"}",
                "admin: {address: \"http://u:xyzzy@host:1\"}",
                "admin: {host_names: [\"u:xyzzy@host\"]}",
                "admin: {tls: {certificates: [{cert_file: present.pem, key_file: \"-----BEGIN PRIVATE KEY-----xyzzy\"}]}}",
                "admin: {unsafe_plaintext: \"${SECRET}\"}"
            })
    void of_the_gateway(String more) throws IOException {
        saysNothingOf(trial().with(more + "\n"));
    }

    @Test
    void where_a_value_came_from_is_told_instead() throws IOException {
        assertThat(trial().with("memory_budget: \"${SECRET}\"\n").problems())
                .containsExactly(
                        "ringgate.yaml:3: memory_budget: the value of ${SECRET} is not a size, correct the variable");
    }
}
