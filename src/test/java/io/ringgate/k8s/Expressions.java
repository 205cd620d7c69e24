package io.ringgate.k8s;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which metrics an expression of Prometheus names. That it is one at all, promtool says. */
final class Expressions {

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern NO_METRICS =
            Pattern.compile("\\{[^}]*}|\\[[^\\]]*]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*(?!\\s*\\(|[\\w:])");
    private static final Pattern BY = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    private Expressions() {}

    /** By which labels it tells series apart. */
    static Set<String> labels(String expression) {
        Set<String> labels = new TreeSet<>();
        Matcher found = BY.matcher(expression);
        while (found.find()) {
            labels.addAll(Arrays.asList(found.group(1).strip().split("\\s*,\\s*")));
        }
        return labels;
    }

    static Set<String> metrics(String expression) {
        String bare =
                NO_METRICS.matcher(STRING.matcher(expression).replaceAll("")).replaceAll(" ");
        Set<String> names = new TreeSet<>();
        Matcher found = NAME.matcher(bare);
        while (found.find()) {
            if (!WORDS.contains(found.group())) {
                names.add(found.group());
            }
        }
        return names;
    }
}
