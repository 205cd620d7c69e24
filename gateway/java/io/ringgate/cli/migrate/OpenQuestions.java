package io.ringgate.cli.migrate;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the operator has to decide: settings for the destination of writes or for who may write that could not be imported.
 *
 * @param questions each with where it was found, as Markdown
 */
record OpenQuestions(List<String> questions) {

    private static final String COMMENT = """

            # What could not be carried over and says where writes go or who may write. `ringgate check` and `run` refuse
            # this file until each is decided: do what it says, here or in edges.yaml, then delete its line.
            undecided:
            """;

    private static final String CHAPTER = """

            ## You must decide

            These say where writes go or who may write, and could not be carried over. Each stands under `undecided` in\
             ringgate.yaml, which `ringgate check` and `run` refuse until its line is deleted.

            """;

    static OpenQuestions of(List<IngressReport> writes, List<ReportLine> besides) {
        return new OpenQuestions(Stream.concat(
                        writes.stream().flatMap(IngressReport::questions),
                        besides.stream()
                                .filter(line -> line.finding().isUndecided())
                                .map(ReportLine::words))
                .distinct()
                .toList());
    }

    /** For {@code ringgate.yaml}, which is refused while one of them stands there; nothing without any. */
    String yaml() {
        StringBuilder text = new StringBuilder(questions.isEmpty() ? "" : COMMENT);
        questions.forEach(question -> text.append("  - ")
                .append(YamlText.quoted(question.replace("`", "")))
                .append('\n'));
        return text.toString();
    }

    /** For the report. */
    String chapter() {
        return questions.isEmpty() ? "" : CHAPTER + ReportLine.numbered(questions);
    }
}
