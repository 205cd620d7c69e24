package io.ringgate.reload.unit;

import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.jwt.JwtSettings;
import io.ringgate.auth.jwt.KeySet;
import io.ringgate.config.Identities;
import io.ringgate.config.Issuer;
import io.ringgate.config.IssuerKeys;
import io.ringgate.config.Problems;
import io.ringgate.reload.UnitProblem;
import io.ringgate.tls.ClientTls;
import io.ringgate.tls.TlsProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files that issuers of tokens name: their key sets, and the authorities that verify them when keys are fetched.
 */
public final class IssuerFiles {

    private static final long LARGEST = 1 << 20;

    private IssuerFiles() {}

    public static Set<Path> of(Identities identities) {
        Set<Path> files = new TreeSet<>(keySets(identities));
        files.addAll(authorities(identities));
        return files;
    }

    private static Set<Path> keySets(Identities identities) {
        Set<Path> files = new TreeSet<>();
        for (Issuer issuer : identities.issuers().all()) {
            if (issuer.keys() instanceof IssuerKeys.InFile(Path file)) {
                files.add(file);
            }
        }
        return files;
    }

    private static Set<Path> authorities(Identities identities) {
        Set<Path> files = new TreeSet<>();
        for (Issuer issuer : identities.issuers().all()) {
            if (issuer.keys() instanceof IssuerKeys.Fetched fetched && fetched.caFile() != null) {
                files.add(fetched.caFile());
            }
        }
        return files;
    }

    static JwtSettings.Files read(Identities identities) throws UnitProblem {
        Map<Path, KeySet> keySets = new HashMap<>();
        for (Path file : keySets(identities)) {
            keySets.put(file, keySet(file));
        }
        Map<Path, List<X509Certificate>> authorities = new HashMap<>();
        for (Path file : authorities(identities)) {
            authorities.put(file, authorities(file));
        }
        return new JwtSettings.Files(keySets, authorities);
    }

    private static KeySet keySet(Path file) throws UnitProblem {
        try {
            if (Files.size(file) > LARGEST) {
                throw new UnitProblem("the key set " + file + " is larger than 1 MiB");
            }
            KeySet keys = KeySet.parse(Files.readString(file));
            if (keys.isEmpty()) {
                throw new UnitProblem("the key set " + file + " has no public key that checks signatures:"
                        + " RSA of 2048 to 8192 bits, P-256, P-384, P-521 or Ed25519");
            }
            return keys;
        } catch (InvalidDocument unfit) {
            throw new UnitProblem("the key set " + file + " " + unfit.sentence());
        } catch (IOException e) {
            throw new UnitProblem("the key set " + file + " cannot be read: put it back, or change its permissions");
        }
    }

    private static List<X509Certificate> authorities(Path file) throws UnitProblem {
        try {
            return ClientTls.authorities(file);
        } catch (TlsProblem e) {
            throw new UnitProblem(e.sentence());
        }
    }

    /** Adds what is wrong with those that are there. */
    public static void check(Identities identities, Problems problems) {
        for (Path file : of(identities)) {
            if (Files.isReadable(file)) {
                try {
                    if (keySets(identities).contains(file)) {
                        keySet(file);
                    } else {
                        authorities(file);
                    }
                } catch (UnitProblem e) {
                    problems.error(file, e.sentence());
                }
            }
        }
    }
}
