package io.ringgate.limits;

/** So many a second on the long run, and so many at once. */
public record Rate(long perSecond, long burst) {

    /** Products with a nanosecond's fraction still fit a long. */
    public static final long MOST = 1L << 33;

    public Rate {
        if (perSecond < 1 || perSecond > MOST || burst < 1 || burst > MOST) {
            throw new IllegalArgumentException(
                    "a rate and its burst are from 1 to " + MOST + ", not " + perSecond + " and " + burst);
        }
    }
}
