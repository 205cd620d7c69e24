package io.ringgate.cli.migrate;

import io.ringgate.cli.migrate.Finding.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.md}: all that was found, how it was imported, and what is left to do.
 *
 * @param besides what is of no single Ingress
 * @param passedOver a sentence for each thing that is no Ingress
 */
record ImportReport(
        List<IngressReport> writes,
        List<IngressReport> others,
        List<ReportLine> besides,
        @Nullable ImportedUsers users,
        List<String> passedOver,
        OpenQuestions questions,
        List<String> steps) {

    static final String FILE = "report.md";

    String text() {
        String text = "# What became of the Ingress\n\n" + summary() + questions.chapter()
                + "\n" + chapter("To do", ReportLine.numbered(steps))
                + "## Takes writes: into this folder\n\n" + text(writes, any -> true)
                + "### All of them together\n\n" + ReportLine.text(besides) + "\n"
                + (users == null ? "" : chapter("Users", text(users)))
                + chapter(
                        "For later: reading and whatever else stays where it is",
                        text(others, other -> other.ingress().enabled()))
                + chapter("Switched off", text(others, other -> !other.ingress().enabled()))
                + chapter(
                        "Passed over",
                        passedOver.stream().map(each -> "- " + each + "\n").collect(Collectors.joining()));
        return text.stripTrailing() + "\n";
    }

    private static String chapter(String title, String text) {
        return text.isEmpty() ? "" : "## " + title + "\n\n" + text + (text.endsWith("\n\n") ? "" : "\n");
    }

    private static String text(List<IngressReport> reports, Predicate<IngressReport> which) {
        return reports.stream().filter(which).map(IngressReport::text).collect(Collectors.joining());
    }

    private static String text(ImportedUsers users) {
        StringBuilder text = new StringBuilder();
        users.edges()
                .forEach((user, edge) -> text.append("- carried: user ")
                        .append(ReportText.code(user))
                        .append(" → edge ")
                        .append(edge)
                        .append(user.equals(edge.value()) ? "" : ", since the user's name cannot be an edge's")
                        .append('\n'));
        users.warnings()
                .forEach(warning -> text.append("- look at: ")
                        .append(ReportText.of(warning))
                        .append('\n'));
        return text.toString();
    }

    private String summary() {
        List<Outcome> outcomes = Stream.concat(writes.stream(), others.stream())
                .flatMap(report -> report.annotations().stream())
                .map(line -> line.finding().outcome())
                .toList();
        List<String> parts = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            long count = outcomes.stream().filter(outcome::equals).count();
            if (count > 0) {
                parts.add(count + " " + outcome.word());
            }
        }
        return "Of what was found " + writes.size() + " takes writes and " + others.size() + " does not. Annotations: "
                + (parts.isEmpty() ? "none" : outcomes.size() + ", " + String.join(", ", parts))
                + ". Read what is `changed`.\n";
    }
}
