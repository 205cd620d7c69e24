package io.ringgate.cli.migrate;

/** One line of the report: a thing as it was found, and what became of it. */
record Entry(String thing, Finding finding) {

    /** Of words that are not ours. */
    static Entry of(String found, Finding finding) {
        return new Entry(Shown.code(found), finding);
    }

    @Override
    public String toString() {
        return "- " + finding.fate().word() + ": " + thing + " → " + finding.words();
    }
}
