package io.ringgate.reload.unit;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.config.GatewaySettings;
import io.ringgate.reject.EscapedText;
import io.ringgate.reload.UnitProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Checks that edges and operators have different password files: with the same file every sender could use the admin
 * listener.
 */
public final class PasswordFiles {

    private PasswordFiles() {}

    /** The check when the operators' file is read. */
    static void requireApart(GatewaySettings settings, Htpasswd edges, Htpasswd operators) throws UnitProblem {
        refuse(settings, fault(settings, edges, operators));
    }

    /**
     * The check when the edges' file is read. Only hashes are compared: a link to the operators' file must not keep a
     * withdrawn password of an edge.
     */
    static void requireOwnHashes(GatewaySettings settings, Htpasswd edges, Htpasswd operators) throws UnitProblem {
        refuse(settings, sharedHash(edges, operators));
    }

    private static void refuse(GatewaySettings settings, @Nullable String fault) throws UnitProblem {
        if (fault != null) {
            throw new UnitProblem(
                    "the operators' password file " + settings.admin().htpasswdFile() + " " + fault);
        }
    }

    /** What is wrong with the operators' file, after its name; null when nothing is. */
    public static @Nullable String fault(GatewaySettings settings, Htpasswd edges, Htpasswd operators) {
        Path file = settings.admin().htpasswdFile();
        return file != null && isSame(file, settings.files().htpasswd())
                ? "is the password file of the edges under another name, so every sender could look in: write a file of its own"
                : sharedHash(edges, operators);
    }

    private static @Nullable String sharedHash(Htpasswd edges, Htpasswd operators) {
        String shared = operators.sharedWith(edges);
        return shared == null
                ? null
                : "has for user \"" + EscapedText.of(shared)
                        + "\" a hash that the password file of the edges has too, so a sender"
                        + " could look in: give operators passwords of their own";
    }

    /** By whatever link. */
    private static boolean isSame(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
