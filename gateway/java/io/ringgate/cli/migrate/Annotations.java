package io.ringgate.cli.migrate;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Every annotation that is known, by its whole name or by how it begins, and what becomes of each. */
final class Annotations {

    private static final Map<String, Known> BY_NAME = new HashMap<>();

    static {
        nginx(LoginRules.RULES);
        nginx(LimitRules.RULES);
        nginx(BackendRules.RULES);
        nginx(ProxyRules.RULES);
        nginx(TlsRules.RULES);
        nginx(OtherRules.NGINX);
        nginx(SnippetRules.rules());
        BY_NAME.putAll(OtherRules.OF_OTHERS);
    }

    /** An annotation that is not known shows its value, unless its name says better not to. */
    private static final Pattern TELLS_A_SECRET =
            Pattern.compile("(?i)passw|secret|token|credential|api-?key|htpasswd");

    /** A name and a password in a URL. */
    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]+@");

    private static final String NOT_SHOWN = "(not shown)";
    private static final String EMPTY = "\"\"";

    private Annotations() {}

    /** A line of keys and a value, which is hidden where the keys say better so. */
    static String withoutSecret(String line) {
        int colon = line.indexOf(": ");
        return colon > 0 && TELLS_A_SECRET.matcher(line.substring(0, colon)).find()
                ? line.substring(0, colon + 2) + NOT_SHOWN
                : line;
    }

    private static void nginx(Map<String, Known> rules) {
        rules.forEach((name, known) -> BY_NAME.put(Ingress.NGINX + name, known));
    }

    /** Those that are known; one that ends in a star stands for all that begin so. */
    static Set<String> names() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    /** The longest beginning that ends in a star, where the name itself is not known. */
    private static @Nullable Known known(String name) {
        Known exact = BY_NAME.get(name);
        for (int end = name.length(); exact == null && end > 0; end--) {
            exact = BY_NAME.get(name.substring(0, end) + "*");
        }
        return exact;
    }

    /** What becomes of an annotation of an Ingress that takes writes. */
    static ReportLine judge(String name, String value, RuleContext asked) {
        Known known = known(name);
        return entry(
                name,
                value,
                known,
                known == null
                        ? name.startsWith(Ingress.NGINX)
                                ? Finding.decide(
                                        "this annotation of nginx is not known here: look up whether it decides"
                                                + " where writes go or who may write")
                                : Finding.left("this annotation is not known here, look up what it does")
                        : known.rule().judge(value.strip(), asked));
    }

    /** One of an Ingress for reading. */
    static ReportLine later(String name, String value) {
        Known known = known(name);
        return entry(
                name, value, known, Finding.later(known == null ? "this annotation is not known here" : known.means()));
    }

    /** One of an Ingress that is switched off. */
    static ReportLine off(String name, String value) {
        return entry(name, value, known(name), Finding.left("the section is switched off"));
    }

    private static ReportLine entry(String name, String value, @Nullable Known known, Finding finding) {
        boolean shown = known == null ? !TELLS_A_SECRET.matcher(name).find() : known.shown();
        String said = value.isBlank() ? EMPTY : shown ? value : NOT_SHOWN;
        return ReportLine.of(name + ": " + USER_INFO.matcher(said).replaceAll("://***@"), finding);
    }
}
