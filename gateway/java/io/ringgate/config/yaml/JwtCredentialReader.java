package io.ringgate.config.yaml;

import io.ringgate.config.EdgeCredential;
import io.ringgate.config.SourcePosition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The claims that identify an edge: {@code jwt} of a credential. Equal claims of one issuer identify one edge. */
final class JwtCredentialReader {

    /** Each set of claims that is in use is looked up once for every new token. */
    private static final int MOST_SETS = 16;

    private static final int MOST_CLAIMS = 8;
    private static final int LONGEST = 1024;

    private static final ValueKind<String> VALUE = text -> {
        if (text.isEmpty() || text.length() > LONGEST || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidValue("is not the value of a claim, write 1 to 1024 characters of plain text");
        }
        return text;
    };

    private final Predicate<String> issuers;
    private final Map<EdgeCredential.Jwt, SourcePosition> taken = new HashMap<>();
    private final Map<String, Set<Set<String>>> sets = new HashMap<>();

    /** @param issuers knows the names of all */
    JwtCredentialReader(Predicate<String> issuers) {
        this.issuers = issuers;
    }

    EdgeCredential.@Nullable Jwt read(Section jwt) {
        String issuer = jwt.require("issuer", ValueKind.TEXT, "write the name of an issuer");
        jwt.missing("claims", "write for example {azp: cluster-02-edge}");
        SortedMap<String, String> claims = new TreeMap<>();
        jwt.section("claims").all(VALUE).forEach((key, value) -> claims.put(key, value.value()));
        jwt.end();
        if (issuer == null || !check(jwt, issuer, claims)) {
            return null;
        }
        EdgeCredential.Jwt read = new EdgeCredential.Jwt(issuer, claims);
        SourcePosition first = taken.putIfAbsent(read, jwt.position("claims"));
        if (first != null) {
            jwt.error(
                    "claims",
                    "stand already in line " + first.line()
                            + ", the same claims of one issuer lead to one edge: write others");
        }
        return read;
    }

    private boolean check(Section jwt, String issuer, SortedMap<String, String> claims) {
        if (!issuers.test(issuer)) {
            jwt.error("issuer", jwt.displayValue("issuer") + " is not the name of an issuer, add one under issuers");
            return false;
        }
        if (claims.isEmpty() || claims.size() > MOST_CLAIMS) {
            if (jwt.has("claims")) {
                jwt.error("claims", "are " + claims.size() + ", write 1 to " + MOST_CLAIMS);
            }
            return false;
        }
        if (claims.keySet().stream().anyMatch(key -> key.isEmpty() || key.equals("/"))) {
            jwt.error("claims", "have one without a name, write for example azp or /org/name");
            return false;
        }
        Set<Set<String>> used = sets.computeIfAbsent(issuer, _ -> new HashSet<>());
        used.add(claims.keySet());
        if (used.size() > MOST_SETS) {
            jwt.error(
                    "claims",
                    "are a further choice of claims after " + MOST_SETS
                            + " of this issuer, use the same claims for more edges");
            return false;
        }
        return true;
    }
}
