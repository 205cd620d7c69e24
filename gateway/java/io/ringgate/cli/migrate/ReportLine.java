package io.ringgate.cli.migrate;

/** One line of the report: a thing as it was found, and what became of it. */
record ReportLine(String thing, Finding finding) {

    /** Of words that are not ours. */
    static ReportLine of(String found, Finding finding) {
        return new ReportLine(SafeText.code(found), finding);
    }

    @Override
    public String toString() {
        return "- " + finding.fate().word() + ": " + thing + " → " + finding.words();
    }
}
