package io.ringgate.config.yaml;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration in Prometheus's manner: {@code 30s}, {@code 2m}, {@code 1h30m}, {@code 500ms}; units from large to small,
 * each once, whole numbers. A day has 24 hours.
 */
record DurationKind(Duration least, Duration most) implements ValueKind<Duration> {

    private static final Pattern FORM = Pattern.compile(
            "(?=[0-9])(?:([0-9]{1,7})d)?(?:([0-9]{1,7})h)?(?:([0-9]{1,7})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");
    private static final long[] UNIT_MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
    private static final String[] UNIT = {"d", "h", "m", "s", "ms"};

    @Override
    public Duration read(String text) throws InvalidValue {
        Duration duration = parse(text);
        if (duration.compareTo(least) < 0) {
            throw new InvalidValue("is too short, write " + format(least) + " or more");
        }
        if (duration.compareTo(most) > 0) {
            throw new InvalidValue("is too long, write " + format(most) + " or less");
        }
        return duration;
    }

    @Override
    public String type() {
        return "duration, " + format(least) + " to " + format(most);
    }

    @Override
    public String write(Duration value) {
        return format(value);
    }

    private static Duration parse(String text) throws InvalidValue {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new InvalidValue(
                    text.matches("[0-9]{1,9}")
                            ? "has no unit, write " + text + "s for seconds"
                            : "is not a duration, write for example 30s, 2m, 1h30m or 500ms");
        }
        long millis = 0;
        for (int i = 0; i < UNIT.length; i++) {
            String number = parts.group(i + 1);
            millis += number == null ? 0 : Long.parseLong(number) * UNIT_MILLIS[i];
        }
        return Duration.ofMillis(millis);
    }

    /** As an operator writes it. Parts of a millisecond are dropped. */
    static String format(Duration duration) {
        long rest = duration.toMillis();
        if (rest == 0) {
            return "0s";
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < UNIT.length; i++) {
            if (rest >= UNIT_MILLIS[i]) {
                out.append(rest / UNIT_MILLIS[i]).append(UNIT[i]);
                rest %= UNIT_MILLIS[i];
            }
        }
        return out.toString();
    }
}
