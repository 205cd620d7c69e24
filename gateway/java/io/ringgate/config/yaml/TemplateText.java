package io.ringgate.config.yaml;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of an edge template that makes a name from claims: different values of claims must never make the same name. */
final class TemplateText {

    private static final Pattern CLAIM = Pattern.compile("\\{claim:([^{}]+)\\}");

    private TemplateText() {}

    /**
     * Why two choices of values could make one name; null when they cannot. Where each text between two claims has a
     * character that no value has, a name can be taken apart in one way only: a value ends before the first such
     * character.
     *
     * @param allow what each value matches
     */
    static @Nullable String ambiguity(String template, String allow) {
        Set<String> claims = new HashSet<>();
        String fault = null;
        Matcher claim = CLAIM.matcher(template);
        for (int end = -1; claim.find(); end = claim.end()) {
            claims.add(claim.group(1));
            if (end >= 0 && fault == null) {
                fault = faultBetween(template.substring(end, claim.start()), allow);
            }
        }
        return claims.size() < 2 ? null : fault;
    }

    private static @Nullable String faultBetween(String text, String allow) {
        if (text.isEmpty()) {
            return "has nothing between two claims, so different values could make one name: write a text between them that"
                    + " allow keeps out of values, for example \".\"";
        }
        boolean keptOut = text.chars().anyMatch(c -> !PatternCharacters.mayMatch(allow, (char) c));
        return keptOut
                ? null
                : "has " + QuotedText.of(text)
                        + " between two claims, which allow lets into values, so different values could make"
                        + " one name: write another text between them, or keep it out of allow, for example [a-z0-9]+";
    }
}
