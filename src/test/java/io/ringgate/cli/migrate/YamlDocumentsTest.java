package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Aliases and merge keys mean what YAML says, and cost no more than what is written out. */
class YamlDocumentsTest {

    private final List<String> remarks = new ArrayList<>();

    private List<DocumentTree> read(String yaml) {
        return YamlDocuments.of(new InputText("f", yaml), remarks);
    }

    private String lines(String yaml) {
        return read(yaml).stream()
                .map(tree -> String.join(", ", tree.lines("")))
                .reduce((one, other) -> other)
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {a: &x 10.0.0.0/8, b: *x}                             | a: 10.0.0.0/8, b: 10.0.0.0/8
            {a: &x {k: 1}, b: {<<: *x, l: 2}}                     | a.k: 1, b.l: 2, b.k: 1
            {a: &x {k: 1}, b: {<<: *x, k: 2}}                     | a.k: 1, b.k: 2
            {a: &x {k: 1}, b: {k: 2, <<: *x}}                     | a.k: 1, b.k: 2
            {a: &x {k: 1}, b: &y {k: 2, l: 3}, c: {<<: [*x, *y]}} | a.k: 1, b.k: 2, b.l: 3, c.k: 1, c.l: 3
            {a: &x {k: 1}, b: &y {<<: *x, l: 2}, c: {<<: *y}}     | a.k: 1, b.l: 2, b.k: 1, c.l: 2, c.k: 1
            {a: &x [1, 2], b: *x}                                 | a[0]: 1, a[1]: 2, b[0]: 1, b[1]: 2
            {a: &x 1, b: &x 2, c: *x}                             | a: 1, b: 2, c: 2
            {b: {<<: {k: 1}}}                                     | b.k: 1
            {&k key: 1, &x a: &y ~, b: [*y, null, ""]}            | key: 1
            """)
    void an_alias_stands_for_its_anchor(String yaml, String lines) {
        assertThat(lines(yaml)).isEqualTo(lines);
        assertThat(remarks).isEmpty();
    }

    @Test
    void json_knows_no_merge_key() {
        assertThat(lines("{\"a\": {\"<<\": {\"k\": 1}}}")).isEqualTo("a.<<.k: 1");
    }

    @Test
    void what_cannot_be_merged_is_a_remark() {
        assertThat(lines("{a: 1, <<: b}")).isEqualTo("a: 1");
        assertThat(remarks).containsExactly("f:1: << merges mappings only, anything else is ignored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: *x", "a: &x [*x]", "a: &x 1\n---\nb: *x"})
    void an_alias_of_nothing_before_it_is_refused(String yaml) {
        assertThatThrownBy(() -> read(yaml)).message().contains("the alias *x has no anchor before it");
    }

    @Test
    void what_would_grow_without_end_is_refused() {
        String tooMany = "f has more than 1000000 values, with those of its aliases: split it.";
        assertThatThrownBy(() -> read("[".repeat(100_000)))
                .hasMessage(
                        "f:1: this is not YAML: it is nested deeper than 64; a chart's template has to be rendered first,"
                                + " by `helm template`.");
        assertThatThrownBy(() -> read("[" + "a,".repeat(1_000_001) + "]")).hasMessage(tooMany);

        StringBuilder wide = new StringBuilder("a0: &a0 [x, x]\n");
        StringBuilder merging = new StringBuilder("a0: &a0 {k: {x: 1}}\n");
        StringBuilder deep = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 100; i++) {
            String last = "*a" + (i - 1);
            String name = "a" + i + ": &a" + i;
            wide.append(name + " [" + last + ", " + last + "]\n");
            merging.append(name + " {<<: " + last + ", k: {x: " + last + ", y: " + last + "}}\n");
            deep.append(name + " [" + last + "]\n");
        }
        assertThatThrownBy(() -> read(wide.toString())).hasMessage(tooMany);
        assertThatThrownBy(() -> read(merging.toString())).hasMessage(tooMany);
        assertThatThrownBy(() -> read(deep.toString()))
                .message()
                .contains("this is not YAML: it is nested deeper than 64");
    }
}
