package io.ringgate.auth.basic;

import io.ringgate.reject.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The users of an htpasswd file with their hashes. A line that cannot be used is a warning and takes nobody else down.
 */
public final class Htpasswd {

    /** Twice the work with each step. At 13 one check takes half a second to one, and every wrong guess costs it. */
    static final int HIGHEST_COST = 13;

    private static final String REWRITE = "write it anew with `htpasswd -B FILE USER`";

    private final Map<String, StoredHash> hashes;
    private final List<Warning> warnings;

    private Htpasswd(Map<String, StoredHash> hashes, List<Warning> warnings) {
        this.hashes = hashes;
        this.warnings = List.copyOf(warnings);
    }

    /** A line of the file that lets nobody in, and what to do about it. Never holds a hash. */
    public record Warning(int line, String sentence) {}

    public static Htpasswd load(Path file) throws IOException {
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    public static Htpasswd parse(String text) {
        Map<String, StoredHash> hashes = new LinkedHashMap<>();
        Set<String> named = new HashSet<>();
        List<Warning> warnings = new ArrayList<>();
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                String fault = take(line, named, hashes);
                if (!fault.isEmpty()) {
                    warnings.add(new Warning(number, fault));
                }
            }
        }
        return new Htpasswd(hashes, warnings);
    }

    /**
     * Reads what stands before the first and the second colon, as Apache does; the rest is a comment. The first line of a
     * user counts even when it cannot be used: it may be how he was locked out.
     */
    private static String take(String line, Set<String> named, Map<String, StoredHash> hashes) {
        String[] fields = line.split(":", 3);
        if (fields.length < 2 || fields[0].isEmpty()) {
            return "this is not USER:HASH: correct the line or remove it";
        }
        String user = "user \"" + Quoted.of(fields[0]) + "\"";
        if (!named.add(fields[0])) {
            return user + " stands in an earlier line, which counts: remove one of them";
        }
        StoredHash hash = StoredHash.parse(fields[1].strip());
        if (hash == null) {
            return user + " has a hash that is neither bcrypt nor apr1 and cannot log in: " + REWRITE;
        }
        if (hash.form() == HashForm.BCRYPT && (hash.cost() < 4 || hash.cost() > HIGHEST_COST)) {
            return user + " has a bcrypt hash of cost " + hash.cost() + ", allowed are 4 to " + HIGHEST_COST
                    + ", and cannot log in: " + REWRITE;
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
