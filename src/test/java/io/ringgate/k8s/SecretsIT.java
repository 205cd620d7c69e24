package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are referred to by name and key, and never stand in a file. */
@Tag("k8s")
class SecretsIT {

    private static final String CENTRE = "cluster-01-central";
    private static final Pattern IN_TEXT = Pattern.compile(
            "(?im)^\\s*-?\\s*\"?(password|client_?secret|bearer_?token|secret_key|access_key)\"?:\\s*[^{\\s#]");

    @TempDir
    static Path scratch;

    /** What pods and Prometheus take from Secrets that no Certificate makes: the keys by name. */
    private static Map<String, Set<String>> wanted(Manifests built) {
        Map<String, Set<String>> wanted = new TreeMap<>();
        for (Manifest workload : built.workloads()) {
            for (JsonNode volume : workload.pod().path("volumes")) {
                for (JsonNode item : volume.at("/secret/items")) {
                    add(wanted, volume.at("/secret/secretName"), item.path("key"));
                }
            }
        }
        for (Manifest monitor : built.ofKind("ServiceMonitor")) {
            for (JsonNode login : monitor.tree().findValues("basicAuth")) {
                login.forEach(ref -> add(wanted, ref.path("name"), ref.path("key")));
            }
        }
        return wanted;
    }

    private static void add(Map<String, Set<String>> all, JsonNode secret, JsonNode key) {
        all.computeIfAbsent(secret.asText(), name -> new TreeSet<>()).add(key.asText());
    }

    @Test
    void external_secrets_bring_every_one_that_is_wanted() {
        Manifests built = Kustomize.overlayWith(scratch, CENTRE, "external-secrets");
        Map<String, Set<String>> brought = new TreeMap<>();
        for (Manifest each : built.ofKind("ExternalSecret")) {
            each.list("/spec/data").forEach(key -> add(brought, each.at("/spec/target/name"), key.path("secretKey")));
        }
        assertThat(brought).isEqualTo(wanted(built)).hasSize(4);
    }

    @Test
    void sealed_secrets_bring_every_one_that_is_wanted() {
        Manifests built = Kustomize.overlayWith(scratch, CENTRE, "sealed-secrets");
        Map<String, Set<String>> brought = new TreeMap<>();
        for (Manifest each : built.ofKind("SealedSecret")) {
            Set<String> keys = new TreeSet<>();
            each.at("/spec/encryptedData").fieldNames().forEachRemaining(keys::add);
            brought.put(each.text("/spec/template/metadata/name"), keys);
        }
        assertThat(brought).isEqualTo(wanted(built));
    }

    @Test
    void the_password_file_of_the_edges_is_the_ingress_s_own_secret() {
        assertThat(wanted(Kustomize.overlay(CENTRE))).containsEntry("thanos-receiver-auth", Set.of("auth"));
    }

    /** The table of k8s/README.md has every one that is wanted, and below it stands a command for each with each of its keys. */
    @Test
    void the_readme_has_a_command_for_every_one() throws IOException {
        String readme = Files.readString(Kustomize.FILES.resolve("README.md"));
        Map<String, Set<String>> told = new TreeMap<>();
        Pattern.compile("(?m)^\\| (?:edges: )?`([a-z0-9-]+)`[^|]* \\| ([^|]+) \\|.*$")
                .matcher(readme.substring(readme.indexOf("| Secret | key |")))
                .results()
                .forEach(row -> told.put(
                        row.group(1), Set.of(row.group(2).replace("`", "").split(", ", -1))));

        assertThat(told).hasSize(8).containsAllEntriesOf(wanted(Kustomize.overlay(CENTRE)));
        told.forEach((secret, keys) -> assertThat(keys)
                .allSatisfy(key -> assertThat(readme)
                        .containsPattern("create secret generic " + secret + " .*--from-(file|literal)="
                                + Pattern.quote(key) + "[=\\s]")));
    }

    @Test
    void no_file_holds_one() throws IOException {
        try (Stream<Path> files = Files.walk(Kustomize.FILES)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSizeGreaterThan(40);
            for (Path file : all) {
                String text = Files.readString(file).replace("put-in-what-kubeseal-prints", "{");
                assertThat(IN_TEXT.matcher(text)
                                .results()
                                .map(found -> found.group().strip()))
                        .as("%s", file)
                        .isEmpty();
                assertThat(text).doesNotContain("BEGIN PRIVATE KEY", "BEGIN EC PRIVATE KEY");
            }
        }
    }
}
