package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.LoadResult;
import io.ringgate.config.Problems;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.Severity;
import io.ringgate.config.Strictness;
import io.ringgate.hashring.Algorithm;
import io.ringgate.hashring.Hashring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check says of a hashring file. That it is read as Thanos reads it is tested beside its reader. */
class HashringsReaderTest {

    @TempDir
    Path folder;

    private final Problems problems = new Problems();
    private Algorithm algorithm = Algorithm.KETAMA;
    private int replicationFactor = 1;

    private List<Hashring> read(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("r.json"), json);
        return HashringsReader.read(
                        new ReceiverSource.Hashrings(file, algorithm, replicationFactor), "r.json", problems)
                .list();
    }

    @Test
    void a_good_file_has_no_problem() throws IOException {
        assertThat(read("""
                [
                  {"hashring": "a", "tenants": ["team-*"], "tenant_matcher_type": "glob", "endpoints": ["a:1", "[fd00::1]:1"]},
                  {"hashring": "b", "future_key": {}, "endpoints": [{"address": "b", "az": "z"}]}
                ]""")).extracting(Hashring::name).containsExactly("a", "b");
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                          | r.json: has no ring, write at least one
            [{]                                         | r.json:1: this is not JSON: Unexpected close marker ']': expected '}'
            [1]                                         | r.json:1: [0]: is a number, write keys in { }
            `[{"endpoints": ["a"]},\n{}]`               | r.json:2: [1].endpoints: there are none, write at least one receiver
            [{"endpoints": [""]}]                       | r.json:1: [0].endpoints[0]: endpoint address must be set
            [{"endpoints": ["a:1", "b", "a:1"]}]        | r.json:1: [0].endpoints[2]: a:1 is [0] already, leave one out
            [{"endpoints": ["http://a:1"]}]             | r.json:1: [0].endpoints[0]: http://a:1 is not a receiver's address, write host:port, an IPv6 address in brackets
            [{"endpoints": ["fd00::1"]}]                | r.json:1: [0].endpoints[0]: fd00::1 is not a receiver's address, write host:port, an IPv6 address in brackets
            [{"endpoints": ["a b:1"]}]                  | r.json:1: [0].endpoints[0]: "a b:1" is not a receiver's address, write host:port, an IPv6 address in brackets
            [{"endpoints": ["a"], "tenants": ["b", "[a-"], "tenant_matcher_type": "glob"}] | r.json:1: [0].tenants[1]: [a- is not a valid pattern: receivers fail every write that reaches it, close its bracket or write \\\\ before a character that means itself
            """)
    void an_error(String json, String problem) throws IOException {
        assertThat(read(json)).isEmpty();
        assertThat(problems.errors()).isGreaterThan(0);
        assertThat(problems.list()).extracting(Objects::toString).contains(problem);
    }

    /** What a receiver refuses, hangs on, or fails every write by, by its flags. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            HASHMOD | 3 | [{"endpoints": ["a", "b"]}]                      | has 2 endpoints, fewer than the replication factor 3
            KETAMA  | 3 | [{"endpoints": ["a", "b"]}]                      | has 2 endpoints, fewer than the replication factor 3
            HASHMOD | 1 | [{"endpoints": [{"address": "a", "az": "z"}]}]   | Hashmod algorithm does not support AZ aware hashring configuration
            KETAMA  | 1 | [{"algorithm": "maglev", "endpoints": [{"address": "a", "az": "z"}]}] | Hashmod algorithm does not support AZ aware hashring configuration
            HASHMOD | 1 | [{"endpoints": ["a"], "shuffle_sharding_config": {"shard_size": 1}}] | hashmod algorithm does not support shuffle sharding
            KETAMA  | 1 | [{"endpoints": ["a"], "shuffle_sharding_config": {"shard_size": 2}}] | shard size 2 is larger than number of nodes
            KETAMA  | 4 | [{"endpoints": ["a", {"address": "b", "az": "z"}, {"address": "c", "az": "z"}, {"address": "d", "az": "z"}]}] | zones of 1 and 3 endpoints
            """)
    void a_ring_that_can_never_work(Algorithm flag, int replicas, String json, String words) throws IOException {
        algorithm = flag;
        replicationFactor = replicas;

        assertThat(read(json)).isEmpty();
        assertThat(problems.list())
                .filteredOn(problem -> problem.severity() == Severity.ERROR)
                .extracting(Objects::toString)
                .singleElement()
                .asString()
                .startsWith("r.json:1: [0]: ")
                .contains(words)
                .endsWith(": change the ring, or receivers.algorithm and receivers.replication_factor if the receivers'"
                        + " flags say otherwise");
    }

    @Test
    void as_many_endpoints_as_replicas_are_enough() throws IOException {
        replicationFactor = 3;

        assertThat(read("[{\"endpoints\": [\"a\", \"b\", \"c\"]}]")).hasSize(1);
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"endpoints": ["a:1", "a:2"]}]             | r.json:1: warning: [0].endpoints[1]: a:2 has the same host as [0]: both take writes at the one write port
            [{"endpoints": ["a"], "tenant": ["x"]}]     | r.json:1: warning: [0].tenant: unknown key, receivers pass over it, did you mean `tenants`?
            `[{"endpoints": ["a"]},\n{"endpoints": ["b"], "tenants": ["x"]}]` | r.json:2: warning: [1]: is never reached, since ring [0] matches every tenant, put that one last
            [{"endpoints": ["a"], "tenants": ["x"], "tenant_matcher_type": "regex"}] | r.json:1: warning: [0].tenant_matcher_type: regex is not known, so the ring matches no tenant, write exact or glob
            [{"endpoints": ["a", {"address": "b", "az": "z"}, {"address": "c", "az": "z"}], "shuffle_sharding_config": {"shard_size": 3}}] | r.json:1: warning: [0].shuffle_sharding_config: shard_size 3 takes 2 endpoints of each zone, zone none has 1: every write of its tenants fails
            [{"endpoints": ["a"], "tenants": ["x-*"]}]  | r.json:1: warning: [0].tenants[0]: x-* is compared letter by letter, did you mean tenant_matcher_type: glob?
            """)
    void a_warning(String json, String problem) throws IOException {
        assertThat(read(json)).isNotEmpty();
        assertThat(problems.list()).extracting(Objects::toString).containsExactly(problem);
    }

    @Test
    void its_problems_stand_with_the_others_and_name_the_file_as_the_operator_does() throws IOException {
        Files.writeString(folder.resolve("r.json"), "[{\"endpoints\": []}]");

        assertThat(new ConfigFixture(folder)
                        .settings(FullConfig.HASHRINGS)
                        .edges("edges: [{name: a}]\n")
                        .problems())
                .contains(
                        "r.json:1: [0].endpoints: there are none, write at least one receiver",
                        "edges.yaml:1: edges[0].tenant: is missing, write the tenant its series are stored under");
    }

    @Test
    void an_absent_file_is_an_error_for_who_is_about_to_use_it() throws IOException {
        ConfigFixture trial = new ConfigFixture(folder).settings(FullConfig.HASHRINGS);

        assertThat(trial.problems()).containsExactly("r.json: does not exist, write it or name another file");
        assertThat(trial.load(Strictness.STRICT).problems().errors()).isOne();
        assertThat(trial.load(Strictness.LENIENT).problems().errors()).isZero();
    }

    @Test
    void an_edge_whose_tenant_has_no_ring_is_a_warning_unless_it_is_disabled() throws IOException {
        Files.writeString(folder.resolve("r.json"), "[{\"endpoints\": [\"a:1\", \"b:1\"], \"tenants\": [\"x\"]}]");
        ConfigFixture trial =
                new ConfigFixture(folder).settings(FullConfig.HASHRINGS).edges("""
                edges:
                  - {name: has, tenant: x, credentials: [{basic: {user: a}}]}
                  - {name: has-not, tenant: y, credentials: [{basic: {user: b}}]}
                  - {name: disabled, tenant: y, credentials: [{basic: {user: c}}], enabled: false}
                """);

        LoadResult loaded = trial.load();

        assertThat(loaded.config()).isNotNull();
        assertThat(trial.shown(loaded))
                .containsExactly(
                        "edges.yaml:3: warning: edges[1].tenant: no ring of r.json takes tenant y, so writes of edge"
                                + " has-not are refused with 403: name the tenant in a ring, or add a ring without tenants");
    }
}
