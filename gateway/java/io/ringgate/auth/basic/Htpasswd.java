package io.ringgate.auth.basic;

import io.ringgate.reject.EscapedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The users of an htpasswd file with their hashes. A line that cannot be used is a warning and does not affect other users.
 */
public final class Htpasswd {

    private static final String REWRITE = "write it again with `htpasswd -B FILE USER`";

    private final Map<String, StoredHash> hashes;
    private final List<Warning> warnings;

    private Htpasswd(Map<String, StoredHash> hashes, List<Warning> warnings) {
        this.hashes = hashes;
        this.warnings = List.copyOf(warnings);
    }

    /** A line that authenticates nobody, or whose hash is weak, and what to do about it. Never has a hash. */
    public record Warning(int line, String sentence) {}

    public static Htpasswd load(Path file) throws IOException {
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    public static Htpasswd parse(String text) {
        Map<String, StoredHash> hashes = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        List<Warning> warnings = new ArrayList<>();
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                String fault = take(line, number, lines, hashes);
                if (!fault.isEmpty()) {
                    warnings.add(new Warning(number, fault));
                }
            }
        }
        warnOfWeak(hashes, lines, warnings);
        return new Htpasswd(hashes, warnings);
    }

    /** One warning for all of them: a file from old times has nothing else. */
    private static void warnOfWeak(Map<String, StoredHash> hashes, Map<String, Integer> lines, List<Warning> warnings) {
        Map<HashFormat, Integer> weak = new EnumMap<>(HashFormat.class);
        int first = 0;
        for (Map.Entry<String, StoredHash> entry : hashes.entrySet()) {
            HashFormat form = entry.getValue().form();
            if (form.isWeak()) {
                weak.merge(form, 1, Integer::sum);
                first = first == 0 ? lines.getOrDefault(entry.getKey(), 0) : first;
            }
        }
        if (!weak.isEmpty()) {
            int users = weak.values().stream().mapToInt(i -> i).sum();
            String forms = weak.entrySet().stream()
                    .map(e -> e.getKey().title() + " " + e.getValue())
                    .collect(Collectors.joining(", "));
            warnings.add(new Warning(
                    first,
                    (users == 1 ? "1 user has a weak hash" : users + " users have weak hashes") + " (" + forms
                            + ") and can log in, but whoever steals this file finds the passwords: write them again with"
                            + " `htpasswd -B FILE USER`"));
        }
    }

    /**
     * Reads what stands before the first and the second colon, as Apache does; the rest is a comment. The first line of a
     * user counts even when it cannot be used: it may be how they were locked out.
     */
    private static String take(String line, int number, Map<String, Integer> lines, Map<String, StoredHash> hashes) {
        String[] fields = line.split(":", 3);
        // A hash before the colon is in the wrong place, and no name to show.
        if (fields.length < 2 || fields[0].isEmpty() || StoredHash.parse(fields[0].strip()) != null) {
            return "this is not USER:HASH: correct the line or remove it";
        }
        String user = "user \"" + EscapedText.of(fields[0]) + "\"";
        if (lines.putIfAbsent(fields[0], number) != null) {
            return user + " is in an earlier line, and the first line counts: remove one of them";
        }
        StoredHash hash = StoredHash.parse(fields[1].strip());
        if (hash == null) {
            return user + " has a hash of a form that is not read and cannot log in: " + REWRITE;
        }
        String fault = hash.form().fault(hash.cost());
        if (!fault.isEmpty()) {
            return user + " has " + fault + " and cannot log in: " + REWRITE;
        }
        hashes.put(fields[0], hash);
        return "";
    }

    public static Htpasswd empty() {
        return new Htpasswd(Map.of(), List.of());
    }

    Map<String, StoredHash> hashes() {
        return hashes;
    }

    /** A user of this file with a hash that the other file has as well, under whatever name; null when there is none. */
    public @Nullable String sharedWith(Htpasswd other) {
        for (Map.Entry<String, StoredHash> entry : hashes.entrySet()) {
            if (other.hashes.containsValue(entry.getValue())) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** Whether a user has the same hash here and there, or none in both. */
    public boolean isAlike(Htpasswd other, String user) {
        return Objects.equals(hashes.get(user), other.hashes.get(user));
    }

    /** No line says anything, as in a file that was truncated: not even one that cannot be used. */
    public boolean isEmpty() {
        return hashes.isEmpty() && warnings.isEmpty();
    }

    /** Those with a usable line. */
    public Set<String> users() {
        return Set.copyOf(hashes.keySet());
    }

    public List<Warning> warnings() {
        return warnings;
    }

    /** Two are equal when they let the same users in and say the same of the other lines. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Htpasswd that && hashes.equals(that.hashes) && warnings.equals(that.warnings);
    }

    @Override
    public int hashCode() {
        return hashes.hashCode();
    }

    @Override
    public String toString() {
        return "Htpasswd" + hashes.keySet();
    }
}
