package io.ringgate.cli.migrate;

import io.ringgate.cli.migrate.Finding.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code report.md}: all that was found and what became of it, and what is left to do. */
record Report(
        List<IngressReport> writes,
        List<IngressReport> others,
        List<ReportLine> besides,
        @Nullable Users users,
        List<String> passedOver,
        OpenQuestions undecided,
        List<String> toDo) {

    static final String FILE = "report.md";

    String text() {
        StringBuilder text = new StringBuilder("# What became of the Ingress\n\n").append(summary());
        text.append(undecided.chapter());
        text.append("\n## To do\n\n");
        for (int i = 0; i < toDo.size(); i++) {
            text.append(i + 1).append(". ").append(toDo.get(i)).append('\n');
        }
        text.append("\n## Takes writes: into this folder\n\n");
        writes.forEach(chapter -> text.append(chapter.text()));
        text.append("### All of them together\n\n");
        besides.forEach(entry -> text.append(entry).append('\n'));
        text.append('\n');
        if (users != null) {
            text.append("## Users\n\n");
            users.edges()
                    .forEach((user, edge) -> text.append("- carried: user ")
                            .append(SafeText.code(user))
                            .append(" → edge ")
                            .append(edge)
                            .append(user.equals(edge.value()) ? "" : ", since the user's name cannot be an edge's")
                            .append('\n'));
            users.warnings()
                    .forEach(warning -> text.append("- look at: ")
                            .append(SafeText.of(warning))
                            .append('\n'));
            text.append('\n');
        }
        chapters(
                text,
                "For later: reading and whatever else stays where it is",
                others.stream().filter(c -> c.ingress().enabled()));
        chapters(text, "Switched off", others.stream().filter(c -> !c.ingress().enabled()));
        if (!passedOver.isEmpty()) {
            text.append("## Passed over\n\n");
            passedOver.forEach(sentence -> text.append("- ").append(sentence).append('\n'));
        }
        return text.toString().stripTrailing() + "\n";
    }

    private static void chapters(StringBuilder text, String title, Stream<IngressReport> chapters) {
        List<IngressReport> all = chapters.toList();
        if (!all.isEmpty()) {
            text.append("## ").append(title).append("\n\n");
            all.forEach(chapter -> text.append(chapter.text()));
        }
    }

    private String summary() {
        List<Fate> fates = Stream.concat(writes.stream(), others.stream())
                .flatMap(chapter -> chapter.annotations().stream())
                .map(entry -> entry.finding().fate())
                .toList();
        List<String> parts = new ArrayList<>();
        for (Fate fate : Fate.values()) {
            long count = fates.stream().filter(fate::equals).count();
            if (count > 0) {
                parts.add(count + " " + fate.word());
            }
        }
        return "Of what was found " + writes.size() + " takes writes and " + others.size() + " does not. Annotations: "
                + (parts.isEmpty() ? "none" : fates.size() + ", " + String.join(", ", parts))
                + ". Read what is `changed`.\n";
    }
}
