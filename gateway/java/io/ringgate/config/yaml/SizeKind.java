package io.ringgate.config.yaml;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes: plain, or with {@code KiB}, {@code MiB}, {@code GiB}. Units of 1000 and short forms are refused:
 * {@code 16M} is 16,000,000 to some tools and 16,777,216 to others.
 */
public record SizeKind(long least, long most) implements ValueKind<Long> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})([KMG]iB|B)?");
    private static final Pattern ALMOST = Pattern.compile("([0-9]{1,12}) ?([kKmMgG])[iI]?[bB]?");
    private static final String UNITS = "KMG";

    @Override
    public Long read(String text) throws InvalidValue {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            Matcher almost = ALMOST.matcher(text);
            throw new InvalidValue(
                    almost.matches()
                            ? "is not in a form we read, write " + almost.group(1)
                                    + almost.group(2).toUpperCase(Locale.ROOT) + "iB"
                            : "is not a size, write bytes or a number with KiB, MiB or GiB, for example 16MiB");
        }
        String unit = parts.group(2);
        int shift = unit == null || unit.equals("B") ? 0 : 10 * (1 + UNITS.indexOf(unit.charAt(0)));
        long number = Long.parseLong(parts.group(1));
        if (number > most >> shift) {
            throw new InvalidValue("is too large, write " + format(most) + " or less");
        }
        if (number << shift < least) {
            throw new InvalidValue("is too small, write " + format(least) + " or more");
        }
        return number << shift;
    }

    @Override
    public String type() {
        return "size, " + format(least) + " to " + format(most);
    }

    @Override
    public String write(Long value) {
        return format(value);
    }

    /** As an operator writes it, in the largest unit that is exact. */
    public static String format(long bytes) {
        for (int i = UNITS.length(); i > 0; i--) {
            long unit = 1L << (10 * i);
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + UNITS.substring(i - 1, i) + "iB";
            }
        }
        return String.valueOf(bytes);
    }
}
