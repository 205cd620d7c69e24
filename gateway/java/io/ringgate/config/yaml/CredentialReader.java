package io.ringgate.config.yaml;

import io.ringgate.config.Credential;
import io.ringgate.config.Place;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One way for an edge to prove itself: an item of {@code edges[].credentials}. */
final class CredentialReader {

    private static final int LONGEST_USER = 255;

    private static final Kind<String> USER = text -> {
        boolean fits = text.length() <= LONGEST_USER && text.codePoints().noneMatch(Character::isISOControl);
        if (text.isEmpty() || !fits || text.contains(":")) {
            throw new Unfit("is not a user name, write 1 to 255 characters without a colon");
        }
        return text;
    };

    private CredentialReader() {}

    /** Notes the user among those already named: one user leads to one edge. */
    static @Nullable Credential read(Section section, Map<String, Place> basicUsers) {
        section.missing("basic", "write basic: {user: NAME}");
        Section basic = section.section("basic");
        section.end();
        if (!section.has("basic")) {
            return null;
        }
        String user = basic.require("user", USER, "write a user of the htpasswd file");
        basic.end();
        if (user == null) {
            return null;
        }
        Place first = basicUsers.putIfAbsent(user, basic.place("user"));
        if (first != null) {
            section.problems()
                    .error(
                            basic.place("user"),
                            Shown.of(user) + " is named already in line " + first.line()
                                    + ", one user leads to one edge: write another");
        }
        return new Credential.Basic(user);
    }
}
