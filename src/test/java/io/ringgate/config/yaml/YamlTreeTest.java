package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.Problem;
import io.ringgate.config.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTreeTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a: [1,\\nb: 2          | f:3: this is not YAML: while parsing a flow sequence, expected ',' or ']', but got <stream end>
            a:\\n\\tb: 1           | f:2: this is not YAML: a line is indented by a tab, write spaces
            a: b: c                | f:1: this is not YAML: a key is not allowed here: indent a line under a value as far as the key of that value, put a space behind each colon, and text that holds ": " in quotes
            a: 1\\n  b: 2          | f:2: this is not YAML: a key is not allowed here: indent a line under a value as far as the key of that value, put a space behind each colon, and text that holds ": " in quotes
            a:\\n  b: 1\\n c: 2     | f:3: this is not YAML: the line has 1 space before it, the keys beside it, from line 1 on, have 0: write as many, or more to put it under the key above
            a:\\n  b: 1\\n   c: 2   | f:3: this is not YAML: a key is not allowed here: indent a line under a value as far as the key of that value, put a space behind each colon, and text that holds ": " in quotes
            a:\\n  - b: 1\\n   c: 2 | f:3: this is not YAML: the line has 3 spaces before it, the items of the list that begins in line 2 have 2 before their dashes and 4 before their keys: write one of these
            ` a: 1\\nb: 2`         | f:2: this is not YAML: the line is indented less than the first key: write all keys of the top without spaces before them
            a: %x                  | f:1: this is not YAML: a value begins with a character that means something else: write it in quotes
            a: 'it's'              | f:1: this is not YAML: something follows behind a value: write the whole value in quotes, a quote in it twice
            a: 1\\n---\\nb: 2      | f:3: a second document begins here, keep one document a file
            ? [a]\\n: 1            | f:1: this is not YAML: a key must be plain text
            a: 1\\nb: &x 2\\nc: *x | f:3: c: is a YAML alias (*name), which is not supported: write the value itself
            <<: *x                 | f:1: <<: is a YAML alias (*name), which is not supported: write the value itself
            a: 1\\nb: 2\\na: 3     | f:3: a: is a duplicate key, first in line 1: keep one
            `a: "\\u0000`          | f:1: this is not YAML: special characters are not allowed
            a: 1\\nb: "\\U00110000" | f:2: this is not YAML: invalid escape sequence
            """)
    void refused(String text, String problem) {
        String raw = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0000", "\u0000") + "\n";

        assertThat(problems(raw)).containsExactly(problem);
    }

    @Test
    void nested_too_deep_is_a_problem_not_a_stack_overflow() {
        String message = ":1: this is not YAML: it is nested deeper than anything we know, write it flat";

        assertThat(problems("a: " + "[".repeat(900) + "]".repeat(900))).containsExactly("f" + message);
        assertThat(problems("[".repeat(200_000))).containsExactly("f" + message);
    }

    @Test
    void a_laugh_of_aliases_is_refused_where_it_begins() {
        String text = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n";

        assertThat(problems(text)).hasSize(4);
    }

    @Test
    void the_environment_is_replaced_after_the_yaml_was_read() {
        Problems problems = new Problems();
        Environment environment = new Environment(name -> name.equals("A") ? "x: [1]\ny: ${B}" : null);

        Node node = YamlTree.read("k: <${A}> $$ $${A}\n", "f", environment, problems);

        assertThat(node)
                .isInstanceOfSatisfying(
                        Node.Mapping.class,
                        m -> assertThat(m.entries().get("k"))
                                .isInstanceOfSatisfying(
                                        Node.Scalar.class,
                                        s -> assertThat(s.text()).isEqualTo("<x: [1]\ny: ${B}> $ ${A}")));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void a_byte_order_mark_is_no_key() {
        assertThat(problems("\ufeffa: 1\n")).isEmpty();
    }

    @Test
    void files_that_are_no_text() throws IOException {
        Path latin = Files.write(folder.resolve("latin"), "a: ü".getBytes(StandardCharsets.ISO_8859_1));
        Path large = Files.write(folder.resolve("large"), new byte[YamlFile.MOST_BYTES + 1]);
        Problems problems = new Problems();

        YamlFile.text(latin, "latin", problems);
        YamlFile.text(large, "large", problems);
        YamlFile.text(folder, "folder", problems);
        YamlFile.text(folder.resolve("gone"), "gone", problems);

        assertThat(problems.toString()).isEqualTo("""
                        latin: is not UTF-8 text, save it as UTF-8
                        large: is larger than 16MiB, this cannot be a configuration
                        folder: is a folder, name a file
                        gone: does not exist, write it or name another file""");
    }

    private static List<String> problems(String text) {
        Problems problems = new Problems();
        YamlTree.read(text, "f", new Environment(_ -> null), problems);
        return problems.list().stream().map(Problem::toString).toList();
    }
}
