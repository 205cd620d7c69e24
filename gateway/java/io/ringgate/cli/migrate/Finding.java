package io.ringgate.cli.migrate;

/** What became of one thing that was found: its fate, and where to or why not. */
record Finding(Fate fate, String words) {

    /** In the order of the report's summary. */
    enum Fate {
        /** It says where writes go or who may write, and the operator has to say what becomes of it. */
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

        Fate(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Finding decide(String words) {
        return new Finding(Fate.DECIDE, words);
    }

    static Finding carried(String words) {
        return new Finding(Fate.CARRIED, words);
    }

    static Finding changed(String words) {
        return new Finding(Fate.CHANGED, words);
    }

    static Finding elsewhere(String words) {
        return new Finding(Fate.ELSEWHERE, words);
    }

    static Finding later(String words) {
        return new Finding(Fate.LATER, words);
    }

    static Finding left(String words) {
        return new Finding(Fate.LEFT, words);
    }
}
