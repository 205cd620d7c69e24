package io.ringgate.hashring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashringFileTest {

    private static HashringFile read(String json) throws HashringFileFault {
        return HashringFile.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Hashring only(String json) throws HashringFileFault {
        List<Hashring> rings = read(json).rings();
        assertThat(rings).hasSize(1);
        return rings.getFirst();
    }

    @Test
    void every_endpoint_is_read_as_thanos_reads_it() throws HashringFileFault {
        for (JsonNode recorded : Vectors.cases("endpoint-parse.json")) {
            String json = "[{\"endpoints\":[" + recorded.get("endpoint") + "]}]";
            if (recorded.has("error")) {
                HashringFileFault fault = catchThrowableOfType(HashringFileFault.class, () -> read(json));
                assertThat(fault).as("%s", recorded).isNotNull();
                if (!recorded.get("error").textValue().startsWith("json:")) {
                    assertThat(fault.sentence()).isEqualTo(recorded.get("error").textValue());
                }
            } else {
                JsonNode result = recorded.get("result");
                assertThat(only(json).endpoints())
                        .containsExactly(new Endpoint(
                                result.get("address").textValue(),
                                result.get("capnproto_address").textValue(),
                                result.get("az").textValue()));
            }
        }
    }

    @Test
    void every_key_is_kept() throws HashringFileFault {
        Hashring ring = only("""
                [{"hashring": "r", "tenants": ["a", "b-*"], "tenant_matcher_type": "glob", "endpoints": ["x:1"],
                  "algorithm": "ketama", "external_labels": {"Region": "seoul"},
                  "shuffle_sharding_config": {"shard_size": 3, "cache_size": 7, "zone_awareness_disabled": true,
                    "overrides": [{"shard_size": 2, "tenants": ["a"], "tenant_matcher_type": "exact"}]}}]""");

        assertThat(ring)
                .isEqualTo(new Hashring(
                        "r",
                        new TenantMatcher("glob", List.of("a", "b-*")),
                        List.of(new Endpoint("x:1", "x:19391", "")),
                        "ketama",
                        Map.of("Region", "seoul"),
                        new ShuffleSharding(
                                3,
                                7,
                                true,
                                List.of(new ShuffleSharding.SizeOverride(
                                        2, new TenantMatcher("exact", List.of("a")))))));
    }

    @Test
    void what_is_not_there_or_null_has_its_default() throws HashringFileFault {
        Hashring bare = only("[{}]");

        assertThat(bare).isEqualTo(new Hashring("", TenantMatcher.NONE, List.of(), "", Map.of(), null));
        assertThat(only("""
                [{"hashring": null, "tenants": null, "tenant_matcher_type": null, "endpoints": null,
                  "algorithm": null, "external_labels": null}]""")).isEqualTo(bare);
        assertThat(only("[null]")).isEqualTo(bare);
        assertThat(Objects.requireNonNull(
                                only("[{\"shuffle_sharding_config\": {}}]").shuffleSharding())
                        .cacheSize())
                .isEqualTo(100);
    }

    @Test
    void key_names_are_read_in_any_case_as_go_does() throws HashringFileFault {
        assertThat(only("[{\"HashRing\": \"r\", \"ENDPOINT\u017f\": [{\"ADDRESS\": \"x:1\", \"Az\": \"z\"}]}]"))
                .isEqualTo(new Hashring(
                        "r", TenantMatcher.NONE, List.of(new Endpoint("x:1", "x:19391", "z")), "", Map.of(), null));
        assertThat(only("[{\"hashr\u0131ng\": \"r\"}]").name()).isEmpty();
    }

    @Test
    void unknown_keys_are_passed_over_and_noted() throws HashringFileFault {
        HashringFile file = read("""
                [{"tenant": [{"a": [1, {}]}],
                  "hashring": "r"},
                 {"endpoints": [{"address": "x", "zone": "b"}]}]""");

        assertThat(file.rings()).extracting(Hashring::name).containsExactly("r", "");
        assertThat(file.lines()).containsExactly(1, 3);
        assertThat(file.unknownKeys())
                .containsExactly(
                        new HashringFile.UnknownKey(1, "[0].tenant", "tenant"),
                        new HashringFile.UnknownKey(3, "[1].endpoints[0].zone", "zone"));
    }

    @Test
    void the_last_of_two_equal_keys_counts() throws HashringFileFault {
        assertThat(only("[{\"hashring\": \"a\", \"Hashring\": \"b\"}]").name()).isEqualTo("b");
    }

    @Test
    void text_that_is_no_text_reads_as_go_reads_it() throws HashringFileFault {
        byte[] json = "[{\"hashring\": \"a\u00e9\\ud800\"}]".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(HashringFile.read(json).rings().getFirst().name()).isEqualTo("a\ufffd\ufffd");
    }

    @Test
    void an_empty_list_and_null_have_no_ring() throws HashringFileFault {
        assertThat(read("[]").rings()).isEmpty();
        assertThat(read(" null ").rings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                 | 1 |                       | is a set of keys, write a list in [ ]
            `[\n1]`                            | 2 | [0]                   | is a number, write keys in { }
            [{"tenants": "a"}]                 | 1 | [0].tenants           | is text, write a list in [ ]
            [{"tenants": [1]}]                 | 1 | [0].tenants[0]        | is a number, write text in quotes
            `[{"endpoints": [\n"a", true]}]`   | 2 | [0].endpoints[1]      | is true or false, write keys in { }
            `[{"endpoints": ["a",\n{}]}]`      | 2 | [0].endpoints[1]      | endpoint address must be set
            [{"Hashring": {}}]                 | 1 | [0].Hashring          | is a set of keys, write text in quotes
            [{"external_labels": {"a": 1}}]    | 1 | [0].external_labels.a | is a number, write text in quotes
            [{"shuffle_sharding_config": {"shard_size": 1.5}}] | 1 | [0].shuffle_sharding_config.shard_size | is a number, write a whole number
            [{"shuffle_sharding_config": {"shard_size": 99999999999999999999}}] | 1 | [0].shuffle_sharding_config.shard_size | is too large a number
            [{"shuffle_sharding_config": {"zone_awareness_disabled": 1}}] | 1 | [0].shuffle_sharding_config.zone_awareness_disabled | is a number, write true or false
            [] []                              | 1 |                       | something follows after the list, remove it
            `[\n{"a": 1,}]`                    | 2 |                       | this is not JSON: Unexpected character ('}' (code 125)): was expecting double-quote to start field name
            `[\n{"a": [`                       | 2 |                       | this is not JSON: it ends before every bracket and quote is closed
            `[{"hashring": "a`                 | 1 |                       | this is not JSON: it ends before every bracket and quote is closed
            ``                                 | 1 |                       | is nothing, write a list in [ ]
            # a comment                        | 1 |                       | this is not JSON: Unexpected character ('#' (code 35)): maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)
            """)
    void what_thanos_cannot_read_is_a_fault_with_its_place(String json, int line, String path, String sentence) {
        HashringFileFault fault = catchThrowableOfType(HashringFileFault.class, () -> read(json == null ? "" : json));

        assertThat(fault).isNotNull();
        assertThat(fault.sentence()).isEqualTo(sentence);
        assertThat(fault.line()).isEqualTo(line);
        assertThat(fault.path()).isEqualTo(path == null ? "" : path);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ws4:10901,            ws4
            ws4,                  ws4
            10.1.2.3:10901,       10.1.2.3
            [2001:db8::1]:10901,  2001:db8::1
            [2001:db8::1],        2001:db8::1
            ws4:1:2,
            2001:db8::1,
            [2001:db8::1]x,
            [2001:db8::1,
            """)
    void the_host_of_an_address(String address, String host) {
        assertThat(new Endpoint(address, "", "").host()).isEqualTo(host);
    }
}
