package io.ringgate.cli.ring;

import io.ringgate.hashring.Hashring;
import java.util.Locale;

/** Text of a file for a terminal, without control characters. */
final class TerminalText {

    private static final int WIDTH = 30;

    private TerminalText() {}

    static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** How people call a ring: its name, or its place in the file. */
    static String ring(Hashring ring, int index) {
        return "ring " + of(ring.nameOr(index));
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }

    /** As long as a share of the largest, in eighths of a character. */
    static String bar(double share, double largest) {
        int eighths = largest == 0 ? 0 : (int) Math.round(share / largest * WIDTH * 8);
        String rest = eighths % 8 == 0 ? "" : String.valueOf((char) ('\u2590' - eighths % 8));
        return "\u2588".repeat(eighths / 8) + rest;
    }

    static String tenants(Hashring ring) {
        if (ring.isDefault()) {
            return "every tenant";
        }
        String names = of(String.join(", ", ring.tenants().names()));
        return switch (ring.tenants().comparison()) {
            case EXACT -> "tenants " + names;
            case GLOB -> "tenants like " + names;
            case NEVER -> "nobody";
        };
    }
}
