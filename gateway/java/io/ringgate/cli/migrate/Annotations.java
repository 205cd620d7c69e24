package io.ringgate.cli.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every known annotation, by its name or by a prefix, and how it is imported. The table is
 * {@code annotations.yaml}; rules that look at more than the value are in code.
 */
final class Annotations {

    /** A line of the table: what the annotation is for, and its rule. */
    private record Known(String about, boolean hidden, AnnotationRule rule) {}

    private static final String TABLE = "annotations.yaml";

    private static final Map<String, Known> BY_NAME = read();

    /** An annotation that is not known shows its value, unless its name says better not to. */
    private static final Pattern TELLS_A_SECRET =
            Pattern.compile("(?i)passw|secret|token|credential|api-?key|htpasswd");

    /** A name and a password in a URL. */
    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]+@");

    private static final String NOT_SHOWN = "(not shown)";
    private static final String EMPTY = "\"\"";

    private Annotations() {}

    private static Map<String, Known> read() {
        Map<String, AnnotationRule> inCode = new HashMap<>();
        Stream.of(LoginRules.RULES, LimitRules.RULES, BackendRules.RULES, TlsRules.RULES, SnippetRules.RULES)
                .forEach(inCode::putAll);
        Map<String, Known> byName = new HashMap<>();
        YamlDocuments.of(new InputText(TABLE, text()), new ArrayList<>())
                .getFirst()
                .entries()
                .forEach((prefix, lines) -> lines.items()
                        .forEach(line -> line.at("names")
                                .items()
                                .forEach(name -> byName.put(
                                        prefix + name.text(),
                                        new Known(
                                                line.at("about").text(),
                                                line.has("hidden"),
                                                rule(line, inCode.get(name.text())))))));
        return byName;
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(Annotations.class.getResourceAsStream(TABLE), TABLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(TABLE, unreadable);
        }
    }

    private static AnnotationRule rule(DocumentTree line, @Nullable AnnotationRule inCode) {
        if (inCode != null) {
            return inCode;
        }
        Finding otherwise = Finding.of(line);
        Map<String, Finding> byValue = new HashMap<>();
        line.at("when").entries().forEach((value, outcome) -> byValue.put(value, Finding.of(outcome)));
        return (value, context) -> byValue.getOrDefault(GoBoolean.isTrue(value) ? "true" : value, otherwise);
    }

    /** Those that are known; one that ends in a star stands for all that begin so. */
    static Set<String> names() {
        return Set.copyOf(BY_NAME.keySet());
    }

    /** By the whole name, else by the longest beginning that ends in a star. */
    private static @Nullable Known known(String name) {
        Known exact = BY_NAME.get(name);
        for (int end = name.length(); exact == null && end > 0; end--) {
            exact = BY_NAME.get(name.substring(0, end) + "*");
        }
        return exact;
    }

    /** What becomes of an annotation of an Ingress that takes writes. */
    static ReportLine judge(String name, String value, RuleContext context) {
        Known known = known(name);
        if (known != null) {
            return line(name, value, known, known.rule().apply(value.strip(), context));
        }
        return line(
                name,
                value,
                null,
                name.startsWith(Ingress.NGINX)
                        ? Finding.decide("this annotation of nginx is not known here: look up whether it decides"
                                + " where writes go or who may write")
                        : Finding.left("this annotation is not known here, look up what it does"));
    }

    /** All of an Ingress for reading, or of one that is switched off. */
    static List<ReportLine> ofOther(Ingress ingress) {
        return ingress.annotations().entrySet().stream()
                .map(each -> {
                    Known known = known(each.getKey());
                    String about = known == null ? "this annotation is not known here" : known.about();
                    return line(each.getKey(), each.getValue(), known, Finding.unused(ingress, about));
                })
                .toList();
    }

    private static ReportLine line(String name, String value, @Nullable Known known, Finding finding) {
        boolean hidden = known == null ? TELLS_A_SECRET.matcher(name).find() : known.hidden();
        String shown = value.isBlank() ? EMPTY : hidden ? NOT_SHOWN : value;
        return ReportLine.of(name + ": " + USER_INFO.matcher(shown).replaceAll("://***@"), finding);
    }

    /** A line of keys and a value, which is hidden where the keys say better so. */
    static String withoutSecret(String line) {
        int colon = line.indexOf(": ");
        return colon > 0 && TELLS_A_SECRET.matcher(line.substring(0, colon)).find()
                ? line.substring(0, colon + 2) + NOT_SHOWN
                : line;
    }
}
