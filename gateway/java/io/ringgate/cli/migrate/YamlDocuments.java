package io.ringgate.cli.migrate;

import io.ringgate.cli.CommandFailure;
import java.util.List;
import java.util.regex.Pattern;

/** All documents of a text in YAML or JSON, within bounds that hold whatever stands in it. */
final class YamlDocuments {

    static final int DEEPEST = 64;
    static final String TOO_DEEP = "it is nested deeper than " + DEEPEST;

    private static final int MOST_VALUES = 1_000_000;

    /** Nearly all JSON is YAML too, but for some escapes. */
    private static final Pattern LOOKS_LIKE_JSON = Pattern.compile("\\s*\\{\\s*\".*", Pattern.DOTALL);

    private final String file;
    private final List<String> remarks;
    private int values;

    private YamlDocuments(String file, List<String> remarks) {
        this.file = file;
        this.remarks = remarks;
    }

    /**
     * Reads them.
     *
     * @param remarks gets a sentence for each thing that is passed over
     * @throws CommandFailure with exit code 2 for what is no YAML
     */
    static List<Tree> of(InputText input, List<String> remarks) {
        YamlDocuments documents = new YamlDocuments(input.name(), remarks);
        return LOOKS_LIKE_JSON.matcher(input.text()).matches()
                ? JsonDocuments.read(input.text(), documents)
                : YamlEvents.read(input.text(), documents);
    }

    /** Values that are there now; the total of a text is bounded. */
    void count(int more) {
        values += more;
        if (values > MOST_VALUES) {
            throw CommandFailure.wrong(SafeText.of(file) + " has more than " + MOST_VALUES
                    + " values, with what its aliases stand for; take less of it.");
        }
    }

    int counted() {
        return values;
    }

    void remark(int line, String words) {
        remarks.add(SafeText.of(file + ":" + line + ": " + words));
    }

    void repeated(int line, String key) {
        remark(line, key + " stands here a second time, the last counts");
    }

    CommandFailure notYaml(int line, String words) {
        return CommandFailure.wrong(file + ":" + line + ": this is not YAML: " + SafeText.of(words)
                + "; a chart's template has to be rendered first, by `helm template`.");
    }
}
