package io.ringgate.hashring;

/** Characters of UTF-8 one at a time, as Go reads them: each byte that begins no valid character counts as one by itself. */
final class GoUtf8 {

    /** What such a byte reads as. */
    static final int REPLACEMENT = 0xfffd;

    private GoUtf8() {}

    /** How many bytes the character at {@code at} takes. */
    static int length(byte[] text, int at) {
        int length = lengthByFirst(text[at]);
        return length > 1 && character(text, at) == REPLACEMENT && !isWrittenReplacement(text, at) ? 1 : length;
    }

    static int character(byte[] text, int at) {
        int length = lengthByFirst(text[at]);
        if (length == 1) {
            return text[at] >= 0 ? text[at] : REPLACEMENT;
        }
        if (at + length > text.length) {
            return REPLACEMENT;
        }
        int character = text[at] & (0xff >> (length + 1));
        for (int i = 1; i < length; i++) {
            if ((text[at + i] & 0xc0) != 0x80) {
                return REPLACEMENT;
            }
            character = (character << 6) | (text[at + i] & 0x3f);
        }
        int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return character < least || surrogate || character > Character.MAX_CODE_POINT ? REPLACEMENT : character;
    }

    private static int lengthByFirst(byte first) {
        int b = first & 0xff;
        if (b < 0xc0 || b >= 0xf8) {
            return 1;
        }
        return b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
    }

    private static boolean isWrittenReplacement(byte[] text, int at) {
        return at + 2 < text.length
                && (text[at] & 0xff) == 0xef
                && (text[at + 1] & 0xff) == 0xbf
                && (text[at + 2] & 0xff) == 0xbd;
    }
}
