package io.ringgate.forward.connections;

import java.util.regex.Pattern;

/**
 * What the words of a 400, 409, 413 or 422 are about. Only words outside of double quotes count: receivers quote the
 * sender's own label values, which may say anything.
 */
enum RefusalWords {
    /** The content of the write, which the sender alone can change. */
    ABOUT_THE_WRITE,
    /** Tenants or certificates, which the operator configures: no sender can do anything about it. */
    ABOUT_THE_SETUP,
    UNKNOWN;

    private static final int CONFLICT = 409;

    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"?");

    /** A limit of Mimir is "per-tenant", a label may be named {@code tenant}: neither is about the tenant's name. */
    private static final Pattern SETUP =
            Pattern.compile("(?<![-\\w])(?:tenants?|certificates?|cert|org id)\\b(?!=)", Pattern.CASE_INSENSITIVE);

    /** The documented list, group by group: decoding, labels, order, bounds, age, duplicates, size. */
    private static final Pattern WRITE = Pattern.compile(
            String.join(
                    "|",
                    "snappy\\b",
                    "\\bproto: ",
                    "\\blabels?\\b",
                    "\\bmetric name\\b",
                    "\\bexemplars?\\b",
                    "\\bhistograms?\\b",
                    "\\bout[ -]of[ -]order\\b",
                    "\\bout of bounds\\b",
                    "\\btoo far in the future\\b",
                    "\\btoo old\\b",
                    "\\bduplicated?\\b",
                    "\\bwrite request too large\\b",
                    "\\btoo many (?:time ?series|samples|exemplars)\\b"),
            Pattern.CASE_INSENSITIVE);

    /**
     * A conflict is of the write when its words say so, whatever else failed at other replicas: Thanos lists all their errors.
     * With any other status words about the setup come first.
     */
    static RefusalWords of(int status, String text) {
        String unquoted = QUOTED.matcher(text).replaceAll("\"\"");
        boolean write = WRITE.matcher(unquoted).find();
        if (write && status == CONFLICT) {
            return ABOUT_THE_WRITE;
        }
        if (SETUP.matcher(unquoted).find()) {
            return ABOUT_THE_SETUP;
        }
        return write ? ABOUT_THE_WRITE : UNKNOWN;
    }
}
