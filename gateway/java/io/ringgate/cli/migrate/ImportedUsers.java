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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The users of the Secrets that Ingresses have.
 *
 * @param sources the Secrets, with the edges of each
 * @param htpasswd as they are written, with the hashes
 * @param edges the edge of each user, in the order of the files
 * @param warnings a sentence for each line by which no user can log in; never with a hash
 */
record ImportedUsers(List<Source> sources, Secret htpasswd, Map<String, EdgeName> edges, List<String> warnings) {

    static final String KEY = "auth";

    private static final int LONGEST = 128;

    /** Forms of hashes that its C library or itself knows; the last is DES. */
    private static final Pattern TAKEN_BY_NGINX = Pattern.compile("\\{(SSHA|SHA|PLAIN)}.*|[$_].+|[./0-9A-Za-z]{13}");

    /** One Secret. Two may hold the same user, which is one edge. */
    record Source(SecretName name, boolean asMap, Set<EdgeName> edges) {

        String count() {
            return edges.size() + (edges.size() == 1 ? " user" : " users");
        }
    }

    /** A Secret that an Ingress names; as a map every key of it is a user (auth-map), else one key holds a file. */
    record Wanted(SecretName name, boolean asMap) {}

    /** A Secret, read. */
    private record Found(SecretName name, boolean asMap, List<String> lines) {}

    /**
     * Reads the Secrets that are wanted out of the documents, or the only one there is.
     *
     * @throws CommandFailure with exit code 2 where there is none that can be used
     */
    static ImportedUsers read(List<InputText> inputs, List<Wanted> wanted) {
        String files = inputs.stream().map(InputText::name).collect(Collectors.joining(", "));
        List<DocumentTree> secrets = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        inputs.forEach(input ->
                YamlDocuments.of(input, warnings).forEach(document -> collect(document, input.name(), secrets)));
        List<Found> found = new ArrayList<>();
        List<String> notNamed = new ArrayList<>();
        for (DocumentTree secret : secrets) {
            SecretName name = name(secret);
            wanted.stream()
                    .filter(one -> one.name().means(name))
                    .findFirst()
                    .ifPresentOrElse(
                            one -> found.add(new Found(name, one.asMap(), lines(secret, files, one.asMap()))),
                            () -> notNamed.add("Secret " + name + " is named by no Ingress that takes writes"));
        }
        if (found.isEmpty() && secrets.size() != 1) {
            throw CommandFailure.wrong(
                    secrets.isEmpty()
                            ? files + " has no Secret, write the output of `kubectl get secret NAME -o yaml`."
                            : files + " has several Secrets and none is called "
                                    + ReportText.of(wanted.stream()
                                            .map(one -> one.name().name())
                                            .collect(Collectors.joining(" or ")))
                                    + ", write one of them.");
        }
        if (found.isEmpty()) {
            boolean asMap = !wanted.isEmpty() && wanted.getFirst().asMap();
            found.add(new Found(name(secrets.getFirst()), asMap, lines(secrets.getFirst(), files, asMap)));
        } else {
            warnings.addAll(notNamed);
        }
        return of(found, warnings);
    }

    private static SecretName name(DocumentTree secret) {
        return new SecretName(
                secret.at("metadata", "namespace").text(),
                secret.at("metadata", "name").text());
    }

    private static void collect(DocumentTree document, String file, List<DocumentTree> secrets) {
        String kind = document.at("kind").text();
        document.at("items").items().forEach(item -> collect(item, file, secrets));
        if (kind.equals("Secret")) {
            secrets.add(document);
        } else if (kind.equals("SealedSecret") || kind.equals("ExternalSecret")) {
            throw CommandFailure.wrong(
                    file + " has a " + kind + ", whose content is only in the cluster: write the output"
                            + " of `kubectl get secret NAME -o yaml`.");
        }
    }

    private static List<String> lines(DocumentTree secret, String file, boolean asMap) {
        Map<String, String> values = new LinkedHashMap<>();
        secret.at("data").entries().forEach((key, value) -> values.put(key, decoded(key, value.text(), file)));
        secret.at("stringData").entries().forEach((key, value) -> values.put(key, value.text()));
        if (asMap) {
            return values.entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue().strip())
                    .toList();
        }
        if (values.containsKey(KEY)) {
            return values.getOrDefault(KEY, "").lines().toList();
        }
        throw CommandFailure.wrong(file + ": the Secret has no key " + KEY + " ("
                + (values.isEmpty() ? "no keys" : ReportText.of(String.join(", ", values.keySet())))
                + "), which nginx reads.");
    }

    /** For a user in two Secrets the first line counts, as for one with two lines in a file. */
    private static ImportedUsers of(List<Found> found, List<String> warnings) {
        String text = found.stream().flatMap(one -> one.lines().stream()).collect(Collectors.joining("\n", "", "\n"));
        Htpasswd read = Htpasswd.parse(text);
        read.warnings().forEach(w -> warnings.add("htpasswd:" + w.line() + ": " + w.sentence()));
        Map<String, EdgeName> edges = edges(text, read.users(), warnings);
        List<Source> sources = found.stream()
                .map(one -> new Source(
                        one.name(),
                        one.asMap(),
                        one.lines().stream()
                                .map(ImportedUsers::user)
                                .filter(edges::containsKey)
                                .map(edges::get)
                                .collect(Collectors.toCollection(LinkedHashSet::new))))
                .toList();
        return new ImportedUsers(sources, Secret.of(text), edges, warnings);
    }

    /** Those whose password nginx takes today and the gateway will not. */
    List<ReportLine> undecided() {
        Map<String, String> first = new LinkedHashMap<>();
        List<ReportLine> undecided = new ArrayList<>();
        String text = new String(htpasswd.reveal(), StandardCharsets.UTF_8);
        for (String line : text.lines().map(String::strip).toList()) {
            String[] fields = line.split(":", 3);
            if (fields.length < 2 || line.startsWith("#")) {
                continue;
            }
            String before = first.putIfAbsent(fields[0], fields[1]);
            if (before != null && !before.equals(fields[1]) && sources.size() > 1) {
                undecided.add(ReportLine.of(
                        "user " + fields[0],
                        Finding.decide(
                                "has two passwords in two Secrets, and the first counts: whoever sends the second is"
                                        + " answered 401, so give him an edge of his own")));
            } else if (before == null
                    && !edges.containsKey(fields[0])
                    && TAKEN_BY_NGINX.matcher(fields[1]).matches()) {
                undecided.add(ReportLine.of(
                        "user " + fields[0],
                        Finding.decide(
                                "has a name or a form of hash that the gateway does not take, and is answered 401:"
                                        + " add an edge for him by `ringgate edge add`")));
            }
        }
        return undecided;
    }

    private static String user(String line) {
        return line.strip().replaceFirst(":.*", "");
    }

    private static String decoded(String key, String base64, String file) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException notText) {
            throw CommandFailure.wrong(file + ": data." + ReportText.of(key)
                    + " of the Secret is not a text in base64, or write it as stringData.");
        }
    }

    private static Map<String, EdgeName> edges(String text, Set<String> usable, List<String> warnings) {
        Map<String, EdgeName> edges = new LinkedHashMap<>();
        text.lines()
                .map(ImportedUsers::user)
                .filter(usable::contains)
                .distinct()
                .forEach(user -> {
                    if (user.length() > 255 || user.codePoints().anyMatch(Character::isISOControl)) {
                        warnings.add("htpasswd: user " + ReportText.code(user)
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

    /** The Secret of this name, null where it was not given. */
    @Nullable
    Source source(SecretName name) {
        return sources.stream()
                .filter(source -> source.name().means(name))
                .findFirst()
                .orElse(null);
    }
}
