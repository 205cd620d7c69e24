package io.ringgate.config.yaml;

import io.ringgate.config.SourcePosition;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keys whose value may be or may hold a secret, the right one or one that was written into the wrong place: a password behind a
 * user's name, a name and password in a URL, the secret itself where the name of its file should be. Such a value, and any part
 * of it, stands in no message: those go to logs and pages.
 */
final class SecretKeys {

    private static final Set<String> NAMES = Set.of("user", "hash", "url", "issuer");
    private static final Pattern SOUNDS_SO = Pattern.compile("(?!htpasswd).*(secret|passw|private|credential|_url$).*");

    private SecretKeys() {}

    static boolean mayHold(SourcePosition position) {
        String path = position.path();
        String key = path.substring(path.lastIndexOf('.') + 1);
        int item = key.indexOf('[');
        String name = item < 0 ? key : key.substring(0, item);
        return NAMES.contains(name) || SOUNDS_SO.matcher(name).matches();
    }

    /** A file that a key names, for a message. A text that begins like a key or a certificate was pasted there. */
    static String file(Path shown, SourcePosition position) {
        String name = shown.toString();
        return mayHold(position) || name.contains("-----BEGIN") ? "the file that it names" : QuotedText.of(name);
    }
}
