package io.ringgate.cli.migrate;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the operator has to decide: it says where writes go or who may write, and could not be carried over.
 *
 * @param questions each with where it was found, as Markdown
 */
record OpenQuestions(List<String> questions) {

    static OpenQuestions of(List<IngressReport> writes, List<ReportLine> besides) {
        return new OpenQuestions(Stream.concat(
                        writes.stream().flatMap(chapter -> chapter.questions().stream()),
                        besides.stream()
                                .filter(entry -> entry.finding().fate() == Finding.Fate.DECIDE)
                                .map(entry ->
                                        entry.thing() + " → " + entry.finding().words()))
                .distinct()
                .toList());
    }

    /** For {@code ringgate.yaml}, which is refused while one of them stands there; nothing without any. */
    String yaml() {
        if (questions.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("""

                # What could not be carried over and says where writes go or who may write. `ringgate check` and `run` refuse
                # this file until each is decided: do what it says, here or in edges.yaml, then delete its line.
                undecided:
                """);
        questions.forEach(question -> text.append("  - ")
                .append(Texts.value(question.replace("`", "")))
                .append('\n'));
        return text.toString();
    }

    /** For the report. */
    String chapter() {
        if (questions.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n## You must decide\n\n"
                + "These say where writes go or who may write, and could not be carried over. Each stands under `undecided` in"
                + " ringgate.yaml, which `ringgate check` and `run` refuse until its line is deleted.\n\n");
        for (int i = 0; i < questions.size(); i++) {
            text.append(i + 1).append(". ").append(questions.get(i)).append('\n');
        }
        return text.toString();
    }
}
