package io.ringgate.cli.migrate;

import java.util.List;
import java.util.stream.Collectors;

/** One line of the report: a thing as it was found, and what became of it. */
record ReportLine(String thing, Finding finding) {

    /** Of words that are not ours. */
    static ReportLine of(String found, Finding finding) {
        return new ReportLine(ReportText.code(found), finding);
    }

    static String text(List<ReportLine> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** The sentences as a numbered list. */
    static String numbered(List<String> sentences) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentences.size(); i++) {
            text.append(i + 1).append(". ").append(sentences.get(i)).append('\n');
        }
        return text.toString();
    }

    String words() {
        return thing + " → " + finding.words();
    }

    @Override
    public String toString() {
        return "- " + finding.outcome().word() + ": " + words();
    }
}
