package io.ringgate.cli.migrate;

import java.util.Arrays;
import java.util.Locale;

/** What became of one thing that was found: the outcome, and where to or why not. */
record Finding(Outcome outcome, String words) {

    /** In the order of the report's summary. */
    enum Outcome {
        /** A setting for the destination of writes or for who may write, which the operator has to decide on. */
        DECIDE("decide"),
        CARRIED("carried"),
        /** Into our files, but not as it was. */
        CHANGED("changed"),
        /** It belongs to something beside the gateway. */
        ELSEWHERE("elsewhere"),
        /** Of an Ingress that leads to reading. */
        LATER("for later"),
        LEFT("not carried");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding decide(String words) {
        return new Finding(Outcome.DECIDE, words);
    }

    static Finding carried(String words) {
        return new Finding(Outcome.CARRIED, words);
    }

    static Finding changed(String words) {
        return new Finding(Outcome.CHANGED, words);
    }

    static Finding later(String words) {
        return new Finding(Outcome.LATER, words);
    }

    static Finding left(String words) {
        return new Finding(Outcome.LEFT, words);
    }

    /** Of a thing of an Ingress that is not for writes. */
    static Finding unused(Ingress ingress, String about) {
        return ingress.enabled() ? later(about) : left("the section is switched off");
    }

    /** As the table of annotations has it: the outcome is the key, the words are its value. */
    static Finding of(DocumentTree written) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> written.has(outcome.key()))
                .map(outcome -> new Finding(outcome, written.at(outcome.key()).text()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no outcome and no rule: " + written));
    }

    boolean isUndecided() {
        return outcome == Outcome.DECIDE;
    }
}
