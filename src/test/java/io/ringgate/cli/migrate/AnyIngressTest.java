package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an Ingress says: nothing of it is missing in the report, and what is written is good. */
class AnyIngressTest {

    private static final int TRIES = 150;
    private static final List<String> VALUES = List.of(
            "true",
            "false",
            "on",
            "off",
            "optional",
            "0",
            "1",
            "10",
            "50",
            "100",
            "600",
            "999999999",
            "100m",
            "8m",
            "1k",
            "0m",
            "HTTPS",
            "basic",
            "auth-map",
            "10.0.0.0/8",
            "10.1.2.3/8, fe80::1/64,x",
            "a/b",
            "../../etc",
            "a.example",
            "*.b.example",
            "~^x",
            "$ENV ${HOME} $$",
            "엣지: \"x\" 'y' #z",
            "",
            " ",
            "a\nb\tc",
            "\u2028\u202e",
            "{}",
            "[",
            "- x",
            "/$2",
            "`a`");

    private final SplittableRandom random;
    private final long seed = 20_260_731L;

    @TempDir
    private Path temporary;

    AnyIngressTest() {
        random = new SplittableRandom(seed);
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Map<String, String> annotations() {
        List<String> known = new ArrayList<>(Annotations.names());
        known.sort(null);
        Map<String, String> annotations = new LinkedHashMap<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            String name =
                    random.nextInt(10) == 0 ? "example.com/x" + i : any(known).replace("*", "any");
            annotations.put(name, any(VALUES));
        }
        return annotations;
    }

    private String object(Map<String, String> annotations) {
        StringBuilder text = new StringBuilder();
        annotations.forEach((name, value) -> text.append(text.isEmpty() ? "" : ", ")
                .append(quoted(name))
                .append(": ")
                .append(quoted(value)));
        String tls = any(List.of(
                "",
                ", \"tls\": [{\"secretName\": \"s\"}]",
                ", \"tls\": [{}]",
                ", \"tls\": [{\"secretName\": \"../x\", \"hosts\": [\"h\"]}]"));
        return "{\"apiVersion\": \"networking.k8s.io/v1\", \"kind\": \"Ingress\", \"metadata\": {\"name\": \"n\", \"namespace\": "
                + quoted(any(List.of("m", "", "m m"))) + ", \"annotations\": {" + text
                + "}}, \"spec\": {\"rules\": [{\"host\": "
                + quoted(any(VALUES)) + ", \"http\": {\"paths\": [{\"path\": " + quoted(any(VALUES))
                + ", \"backend\": {\"service\": {\"name\": "
                + quoted(any(List.of("receive", "thanos query", "", "re ceive")))
                + ", \"port\": {\"number\": " + any(List.of("19291", "10902", "80", "\"x\"")) + "}}}}]}}]" + tls + "}}";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c -> quoted.append(
                        c < 0x20 || c > 0x7e || c == '"' || c == '\\'
                                ? String.format(Locale.ROOT, "\\u%04x", c)
                                : String.valueOf((char) c)));
        return quoted.append('"').toString();
    }

    @Test
    void nothing_is_dropped_in_silence_and_the_outcome_passes_the_check() throws IOException {
        int good = 0;
        for (int i = 0; i < TRIES; i++) {
            String case_ = "seed " + seed + ", try " + i;
            Map<String, String> annotations = annotations();
            String text = object(annotations);

            Imported imported = random.nextBoolean()
                    ? Imported.ofText(temporary.resolve("o" + i), text)
                    : Imported.ofText(temporary.resolve("o" + i), text, "--secret", Imported.sample("users.yaml"));

            assertThat(imported.code()).as(case_ + imported.err()).isIn(0, 1, 2);
            if (imported.code() < 2) {
                good++;
                assertThat(imported.loaded().problems().errors())
                        .as(case_)
                        .isEqualTo(imported.questions().size());
                assertThat(imported.code())
                        .as(case_)
                        .isEqualTo(imported.questions().isEmpty() ? 0 : 1);
                assertThat(imported.decided().loaded().problems().errors())
                        .as(case_)
                        .isZero();
                annotations
                        .keySet()
                        .forEach(name -> assertThat(imported.out()).as(case_).contains("`" + name + ": "));
            }
        }
        assertThat(good).isGreaterThan(TRIES / 3);
    }
}
