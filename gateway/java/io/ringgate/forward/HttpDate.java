package io.ringgate.forward;

/**
 * Reads a {@code Date} header in the one form that servers of today write, {@code Sun, 06 Nov 1994 08:49:37 GMT}, without
 * making an object.
 */
public final class HttpDate {

    /** No such date. */
    public static final long NONE = Long.MIN_VALUE;

    private static final int LENGTH = 29;
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String SHAPE = "___, 00 ___ 0000 00:00:00 GMT";

    private HttpDate() {}

    /** Unix seconds, or {@link #NONE}. The name of the day is not looked at. */
    public static long seconds(CharSequence text) {
        if (!hasShape(text)) {
            return NONE;
        }
        int month = month(text);
        int day = number(text, 5, 7);
        int hour = number(text, 17, 19);
        int minute = number(text, 20, 22);
        int second = number(text, 23, 25);
        if (month == 0 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) {
            return NONE;
        }
        return ((days(number(text, 12, 16), month, day) * 24 + hour) * 60 + minute) * 60 + second;
    }

    private static boolean hasShape(CharSequence text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char wanted = SHAPE.charAt(i);
            char here = text.charAt(i);
            boolean fits = wanted == '0' ? here >= '0' && here <= '9' : wanted == '_' || here == wanted;
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int month(CharSequence text) {
        for (int at = 0; at < MONTHS.length(); at += 3) {
            if (text.charAt(8) == MONTHS.charAt(at)
                    && text.charAt(9) == MONTHS.charAt(at + 1)
                    && text.charAt(10) == MONTHS.charAt(at + 2)) {
                return at / 3 + 1;
            }
        }
        return 0;
    }

    private static int number(CharSequence text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }

    /** Days since 1970 in the Gregorian calendar, with years that begin in March, so that leap days are their last. */
    private static long days(int year, int month, int day) {
        long years = month > 2 ? year : year - 1L;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return 365 * years + years / 4 - years / 100 + years / 400 + dayOfYear - 719_468;
    }
}
