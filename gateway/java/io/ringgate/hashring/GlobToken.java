package io.ringgate.hashring;

import java.util.List;

/** One part of a pattern that takes one byte or one character. */
sealed interface GlobToken {

    /** The end of what the token matches at {@code at}, which is in the name; -1 when it does not match. */
    int end(byte[] name, int at);

    /** A literal byte. */
    record Literal(byte value) implements GlobToken {
        @Override
        public int end(byte[] name, int at) {
            return name[at] == value ? at + 1 : -1;
        }
    }

    /** The question mark. */
    record AnyCharacter() implements GlobToken {
        @Override
        public int end(byte[] name, int at) {
            return name[at] == '/' ? -1 : at + GoUtf8.length(name, at);
        }
    }

    /** The characters from the lowest to the highest, both included. */
    record Range(int lowest, int highest) {}

    /** A class in brackets. A slash can be in it. */
    record OneOf(boolean negated, List<Range> ranges) implements GlobToken {
        @Override
        public int end(byte[] name, int at) {
            int character = GoUtf8.character(name, at);
            boolean found = false;
            for (Range range : ranges) {
                found |= range.lowest() <= character && character <= range.highest();
            }
            return found == negated ? -1 : at + GoUtf8.length(name, at);
        }
    }
}
