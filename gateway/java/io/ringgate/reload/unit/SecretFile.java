package io.ringgate.reload.unit;

import io.ringgate.reload.UnitProblem;
import io.ringgate.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with one secret in it, as editors and Kubernetes write it: a line end after the secret is not part of it. */
final class SecretFile {

    private static final int LARGEST = 4096;

    private SecretFile() {}

    static Secret read(Path file) throws UnitProblem {
        String text = text(file).stripTrailing();
        if (text.isEmpty()) {
            throw new UnitProblem("the secret file " + file + " is empty: write the secret into it");
        }
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new UnitProblem("the secret file " + file + " has more than one line: write only the secret into it");
        }
        return Secret.of(text);
    }

    private static String text(Path file) throws UnitProblem {
        try {
            if (Files.size(file) <= LARGEST) {
                return Files.readString(file, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UnitProblem(
                    "the secret file " + file + " cannot be read: put it back as text, or change its permissions");
        }
        throw new UnitProblem("the secret file " + file + " is larger than 4 KiB: write only the secret into it");
    }
}
