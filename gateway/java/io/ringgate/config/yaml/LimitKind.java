package io.ringgate.config.yaml;

import io.ringgate.config.Policy;
import java.util.regex.Pattern;

/** A limit's number, or the word that lifts what is inherited. Zero is neither: it would let nothing in. */
record LimitKind(ValueKind<Long> number) implements ValueKind<Long> {

    private static final String NONE = "none";
    private static final Pattern ZERO = Pattern.compile("-?0+([A-Za-z]{1,3})?");

    @Override
    public String type() {
        return number.type() + ", or `" + NONE + "`";
    }

    @Override
    public String write(Long value) {
        return value == Policy.NO_LIMIT ? NONE : number.write(value);
    }

    @Override
    public Long read(String text) throws InvalidValue {
        if (text.equals(NONE)) {
            return Policy.NO_LIMIT;
        }
        try {
            return number.read(text);
        } catch (InvalidValue unfit) {
            throw new InvalidValue(
                    ZERO.matcher(text).matches()
                            ? "would let nothing in, write none for no limit, or a number"
                            : unfit.reason() + ", or none for no limit");
        }
    }
}
