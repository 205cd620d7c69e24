package io.ringgate.cli.migrate;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.cli.CommandFailure;
import io.ringgate.edge.EdgeName;
import io.ringgate.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The users of a Secret as an Ingress has it.
 *
 * @param secretName as the Secret calls itself
 * @param htpasswd as it is written, with the hashes
 * @param edges the edge of each user, in the order of the file
 * @param warnings a sentence for each line that lets nobody in; never with a hash
 */
record Users(String secretName, Secret htpasswd, Map<String, EdgeName> edges, List<String> warnings) {

    private static final String KEY = "auth";
    private static final int LONGEST = 128;

    /**
     * Reads the Secret of this name out of the documents, or the only one there is.
     *
     * @param asMap every key of the Secret is a user (auth-map), else one key holds an htpasswd file
     * @throws CommandFailure with exit code 2 where there is none that can be used
     */
    static Users read(InputText input, String name, boolean asMap) {
        List<Tree> secrets = new ArrayList<>();
        Documents.of(input, new ArrayList<>()).forEach(document -> collect(document, input.name(), secrets));
        List<Tree> named = secrets.stream()
                .filter(secret -> secret.at("metadata", "name").text().equals(name))
                .toList();
        if (named.isEmpty() && secrets.size() != 1) {
            throw CommandFailure.wrong(
                    secrets.isEmpty()
                            ? input.name() + " has no Secret, write the output of `kubectl get secret NAME -o yaml`."
                            : input.name() + " has several Secrets and none is called " + Shown.of(name)
                                    + ", write one of them.");
        }
        return of(named.isEmpty() ? secrets.getFirst() : named.getFirst(), input.name(), asMap);
    }

    private static void collect(Tree document, String file, List<Tree> secrets) {
        String kind = document.at("kind").text();
        document.at("items").items().forEach(item -> collect(item, file, secrets));
        if (kind.equals("Secret")) {
            secrets.add(document);
        } else if (kind.equals("SealedSecret") || kind.equals("ExternalSecret")) {
            throw CommandFailure.wrong(
                    file + " has a " + kind + ", whose content is in the cluster only, write the output"
                            + " of `kubectl get secret NAME -o yaml`.");
        }
    }

    private static Users of(Tree secret, String file, boolean asMap) {
        Map<String, String> values = new LinkedHashMap<>();
        secret.at("data").entries().forEach((key, value) -> values.put(key, decoded(key, value.text(), file)));
        secret.at("stringData").entries().forEach((key, value) -> values.put(key, value.text()));
        String text;
        if (asMap) {
            text = values.entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue().strip())
                    .collect(Collectors.joining("\n", "", "\n"));
        } else if (values.containsKey(KEY)) {
            text = values.getOrDefault(KEY, "").lines().collect(Collectors.joining("\n", "", "\n"));
        } else {
            throw CommandFailure.wrong(file + ": the Secret has no key " + KEY + " ("
                    + (values.isEmpty() ? "no key at all" : Shown.of(String.join(", ", values.keySet())))
                    + "), as nginx wants it.");
        }
        Htpasswd read = Htpasswd.parse(text);
        List<String> warnings = new ArrayList<>();
        read.warnings().forEach(w -> warnings.add("htpasswd:" + w.line() + ": " + w.sentence()));
        return new Users(
                secret.at("metadata", "name").text(), Secret.of(text), edges(text, read.users(), warnings), warnings);
    }

    private static String decoded(String key, String base64, String file) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException notText) {
            throw CommandFailure.wrong(file + ": data." + Shown.of(key)
                    + " of the Secret is not a text in base64, or write it as stringData.");
        }
    }

    private static Map<String, EdgeName> edges(String text, Set<String> usable, List<String> warnings) {
        Map<String, EdgeName> edges = new LinkedHashMap<>();
        text.lines()
                .map(line -> line.strip().replaceFirst(":.*", ""))
                .filter(usable::contains)
                .distinct()
                .forEach(user -> {
                    if (user.length() > 255 || user.codePoints().anyMatch(Character::isISOControl)) {
                        warnings.add("htpasswd: user " + Shown.code(user)
                                + " has a name that no credential may have, and is left out");
                    } else {
                        edges.put(user, edgeName(user, edges));
                    }
                });
        return edges;
    }

    private static EdgeName edgeName(String user, Map<String, EdgeName> taken) {
        String plain = user.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
        String stem = EdgeName.isValid(user)
                ? user
                : plain.isEmpty() ? "edge" : plain.substring(0, Math.min(plain.length(), LONGEST - 8));
        String name = stem;
        for (int i = 2; taken.containsValue(new EdgeName(name)); i++) {
            name = stem + "-" + i;
        }
        return new EdgeName(name);
    }

    /** As an annotation names it, with or without a namespace before it. */
    boolean isCalled(String written) {
        return TlsFiles.name(written).equals(secretName);
    }

    String count() {
        return edges.size() + (edges.size() == 1 ? " user" : " users");
    }
}
