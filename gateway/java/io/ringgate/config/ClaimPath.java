package io.ringgate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a claim lies in what an identity provider says of a token.
 *
 * @param members the names to go by, from the outermost on; at least one
 */
public record ClaimPath(List<String> members) {

    /** How one is written, for messages. */
    public static final String RULE = "the name of a claim, or /OUTER/INNER with ~1 for a slash and ~0 for a tilde";

    public ClaimPath {
        members = List.copyOf(members);
    }

    /** A claim's name, or a path (RFC 6901) when it begins with a slash. Null for anything else. */
    public static @Nullable ClaimPath parse(String text) {
        if (text.isEmpty() || text.codePoints().anyMatch(Character::isISOControl)) {
            return null;
        }
        if (text.charAt(0) != '/') {
            return new ClaimPath(List.of(text));
        }
        List<String> members = new ArrayList<>();
        for (String member : text.substring(1).split("/", -1)) {
            if (member.isEmpty() || member.replace("~0", "").replace("~1", "").contains("~")) {
                return null;
            }
            members.add(member.replace("~1", "/").replace("~0", "~"));
        }
        return new ClaimPath(members);
    }

    /** As it is written, with a path only where a name alone is not enough. */
    @Override
    public String toString() {
        String first = members.getFirst();
        return members.size() == 1 && first.charAt(0) != '/'
                ? first
                : members.stream()
                        .map(member -> "/" + member.replace("~", "~0").replace("/", "~1"))
                        .collect(Collectors.joining());
    }
}
