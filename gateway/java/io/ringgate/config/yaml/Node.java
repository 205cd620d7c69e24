package io.ringgate.config.yaml;

import io.ringgate.config.SourcePosition;
import java.util.List;
import java.util.Map;

/** A value of a file, with its place. Environment variables in it are already replaced. */
sealed interface Node {

    SourcePosition position();

    /** What this is, for a message: "write a list, this is text". */
    String kind();

    /**
     * Text, a number, a truth value: the type that YAML guesses is ignored, readers know what they expect.
     *
     * @param written as it stands in the file; differs from {@code text} where a variable was replaced
     */
    record Scalar(SourcePosition position, String text, String written) implements Node {
        @Override
        public String kind() {
            return "text";
        }

        /** The value for a message. What came from the environment, and what may hold a secret, is never in one. */
        String displayValue() {
            if (SecretKeys.mayHold(position)) {
                return "the value";
            }
            return text.equals(written) ? QuotedText.of(text) : "the value of " + QuotedText.of(written);
        }

        /**
         * What is wrong with it. The advice may repeat parts of the value, so there is none for a value that must not
         * be shown.
         */
        String fault(InvalidValue unfit) {
            String reason = unfit.reason();
            int advice = text.equals(written) ? -1 : reason.indexOf(", write ");
            return displayValue() + " "
                    + (advice < 0 ? reason : reason.substring(0, advice) + ", correct the variable");
        }
    }

    /** A key with nothing behind it. */
    record Empty(SourcePosition position) implements Node {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    record Mapping(SourcePosition position, Map<String, Node> entries) implements Node {
        @Override
        public String kind() {
            return "a set of keys";
        }
    }

    record Sequence(SourcePosition position, List<Node> items) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Something whose problem is reported already. Readers report nothing more about it. */
    record Refused(SourcePosition position) implements Node {
        @Override
        public String kind() {
            return "refused";
        }
    }
}
