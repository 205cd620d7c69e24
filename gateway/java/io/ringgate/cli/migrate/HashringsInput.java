package io.ringgate.cli.migrate;

import io.ringgate.cli.CommandFailure;
import io.ringgate.config.Problems;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.Severity;
import io.ringgate.config.yaml.HashringsReader;
import io.ringgate.hashring.Algorithm;
import io.ringgate.hashring.Hashring;
import io.ringgate.hashring.HashringFile;
import io.ringgate.hashring.HashringFileFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hashring file of a ConfigMap, as it is written there.
 *
 * @param list its hashrings
 * @param replicationFactor three, or as many as the smallest ring has receivers
 */
record HashringsInput(String json, List<Hashring> list, int replicationFactor) {

    static final int USUAL_REPLICAS = 3;

    static final String FILE = "hashrings.json";
    private static final Algorithm USUAL = Algorithm.KETAMA;

    /**
     * Reads it out of a ConfigMap, or as the file itself.
     *
     * @throws CommandFailure with exit code 2 for what the gateway would not take
     */
    static HashringsInput read(InputText input) {
        String json = input.text().stripLeading().startsWith("[") ? input.text() : ofConfigMap(input);
        try {
            List<Hashring> list =
                    HashringFile.read(json.getBytes(StandardCharsets.UTF_8)).rings();
            int smallest = list.stream()
                    .map(Hashring::endpoints)
                    .mapToInt(List::size)
                    .min()
                    .orElse(1);
            HashringsInput rings = new HashringsInput(json, list, Math.clamp(smallest, 1, USUAL_REPLICAS));
            rings.judge(input.name());
            return rings;
        } catch (HashringFileFault fault) {
            throw CommandFailure.wrong(
                    ReportText.of(FILE + " of " + input.name() + ":" + fault.line() + ": " + fault.sentence()) + ".");
        } catch (IOException failed) {
            throw CommandFailure.failed(
                    "No temporary file can be written: " + ReportText.of(String.valueOf(failed.getMessage())) + ".");
        }
    }

    private static String ofConfigMap(InputText input) {
        DocumentTree map = YamlDocuments.of(input, new ArrayList<>()).stream()
                .flatMap(document -> document.at("kind").text().endsWith("List")
                        ? document.at("items").items().stream()
                        : Stream.of(document))
                .filter(document -> document.at("kind").text().equals("ConfigMap"))
                .filter(document -> !document.at("data").entries().isEmpty())
                .findFirst()
                .orElseThrow(() -> CommandFailure.wrong(input.name()
                        + " has no ConfigMap with data, write the output of `kubectl get configmap NAME -o yaml`."));
        Map<String, DocumentTree> data = map.at("data").entries();
        if (data.containsKey(FILE)) {
            return map.at("data", FILE).text();
        }
        if (data.size() == 1) {
            return data.values().iterator().next().text();
        }
        throw CommandFailure.wrong(input.name() + ": the ConfigMap has no key " + FILE + " ("
                + ReportText.of(String.join(", ", data.keySet())) + ").");
    }

    /** By its readers, which expect a file. */
    private void judge(String name) throws IOException {
        Path copy = Files.createTempFile("ringgate-import", ".json");
        try {
            Files.writeString(copy, json);
            Problems problems = new Problems();
            HashringsReader.read(
                    new ReceiverSource.Hashrings(copy, USUAL, replicationFactor), FILE + " of " + name, problems);
            if (problems.hasErrors()) {
                throw CommandFailure.wrong(problems.list().stream()
                                .filter(problem -> problem.severity() == Severity.ERROR)
                                .map(Object::toString)
                                .collect(Collectors.joining("; "))
                        + ".");
            }
        } finally {
            Files.delete(copy);
        }
    }
}
