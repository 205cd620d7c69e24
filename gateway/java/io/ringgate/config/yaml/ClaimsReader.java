package io.ringgate.config.yaml;

import io.ringgate.config.ClaimPath;
import io.ringgate.config.SourcePosition;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What must be said of a token: a section of claims, each with the one text that it must have. */
final class ClaimsReader {

    private static final int MOST = 8;
    private static final int LONGEST = 1024;

    private static final ValueKind<String> VALUE = text -> {
        if (text.isEmpty() || text.length() > LONGEST || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidValue("is not a claim's value, write 1 to 1024 characters");
        }
        return text;
    };

    private ClaimsReader() {}

    /** Empty where something is wrong with it. */
    static Map<ClaimPath, String> read(Section section) {
        long before = section.problems().errors();
        Map<ClaimPath, String> claims = new LinkedHashMap<>();
        Map<ClaimPath, SourcePosition> positions = new HashMap<>();
        Map<String, LocatedValue<String>> written = section.all(VALUE);
        written.forEach((key, value) -> {
            ClaimPath path = ClaimPath.parse(key);
            if (path == null) {
                section.error(
                        value.position(), QuotedText.of(key) + " is not the name of a claim, write " + ClaimPath.RULE);
            } else if (positions.putIfAbsent(path, value.position()) != null) {
                section.error(value.position(), "is the same claim as another, remove one of them");
            } else {
                claims.put(path, value.value());
            }
        });
        if (section.hasNoKeys()) {
            section.error("is empty and would fit every token, write at least one claim");
        }
        if (claims.size() > MOST) {
            section.error("are " + claims.size() + " claims, write 1 to " + MOST);
        }
        return section.problems().errors() == before ? claims : Map.of();
    }
}
