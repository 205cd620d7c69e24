package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.cli.CommandFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportedUsersTest {

    private static final String HASH = "$apr1$ringgat1$3Zh0Kb/OYDKn8OpDK12J5.";

    private static ImportedUsers read(String yaml, String name, boolean asMap) {
        return ImportedUsers.read(
                List.of(new InputText("s.yaml", yaml)),
                List.of(new ImportedUsers.Wanted(new SecretName("", name), asMap)));
    }

    private static ImportedUsers of(String... lines) {
        StringBuilder yaml = new StringBuilder("kind: Secret\nmetadata: {name: a}\nstringData:\n  auth: |\n");
        for (String line : lines) {
            yaml.append("    ").append(line).append('\n');
        }
        return read(yaml.toString(), "a", false);
    }

    @Test
    void a_user_whose_name_is_an_edges_is_that_edge() {
        assertThat(of("cluster-02-edge:" + HASH, "# a comment", "cluster-03-edge:" + HASH + ":more")
                        .edges()
                        .toString())
                .isEqualTo("{cluster-02-edge=cluster-02-edge, cluster-03-edge=cluster-03-edge}");
    }

    @Test
    void another_name_becomes_one_that_nobody_else_has() {
        assertThat(of("edge 2:" + HASH, "edge-2:" + HASH, "엣지:" + HASH, "@@:" + HASH, "-a-:" + HASH)
                        .edges()
                        .toString())
                .isEqualTo("{edge 2=edge-2, edge-2=edge-2-2, 엣지=edge, @@=edge-3, -a-=a}");
    }

    @Test
    void a_hash_that_is_not_read_is_a_warning_without_the_hash() {
        ImportedUsers users = of("old:plain-text", "new:" + HASH);

        assertThat(users.edges()).containsOnlyKeys("new");
        assertThat(users.warnings()).anyMatch(w -> w.contains("user \"old\" has a hash of a form that is not read"));
        assertThat(users.warnings().toString() + users).doesNotContain("plain-text", HASH);
    }

    @Test
    void each_key_may_be_a_user() {
        ImportedUsers users = read(
                "kind: Secret\nmetadata: {name: a}\nstringData: {one: '" + HASH + "', two: '" + HASH + "'}", "a", true);

        assertThat(users.edges()).containsOnlyKeys("one", "two");
    }

    @Test
    void of_several_the_named_one_counts() {
        String yaml = "kind: List\nitems:\n"
                + "- {kind: Secret, metadata: {name: a}, stringData: {auth: 'one:" + HASH + "'}}\n"
                + "- {kind: Secret, metadata: {name: b}, stringData: {auth: 'two:" + HASH + "'}}\n";

        assertThat(read(yaml, "b", false).edges()).containsOnlyKeys("two");
        assertThatThrownBy(() -> read(yaml, "c", false))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("s.yaml has several Secrets and none is called c, write one of them.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kind: Secret                             | s.yaml: the Secret has no key auth (no keys), which nginx reads.
            {kind: Secret, data: {user: YQ==}}       | s.yaml: the Secret has no key auth (user), which nginx reads.
            {kind: Secret, data: {auth: '%%secret'}} | s.yaml: data.auth of the Secret is not a text in base64, or write it as stringData.
            {kind: Secret, data: {auth: '//79'}}     | s.yaml: data.auth of the Secret is not a text in base64, or write it as stringData.
            kind: SealedSecret                       | s.yaml has a SealedSecret, whose content is only in the cluster: write the output of `kubectl get secret NAME -o yaml`.
            a text                                   | s.yaml has no Secret, write the output of `kubectl get secret NAME -o yaml`.
            """)
    void what_is_no_secret_is_one_sentence_without_its_content(String yaml, String sentence) {
        assertThatThrownBy(() -> read(yaml, "a", false))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(sentence);
    }
}
