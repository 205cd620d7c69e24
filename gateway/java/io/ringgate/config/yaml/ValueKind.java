package io.ringgate.config.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A kind of value: how its text is read, and what it is called in docs/CONFIGURATION.md. */
@FunctionalInterface
interface ValueKind<T> {

    /** One that says what it is. */
    record Named<T>(String type, ValueKind<T> kind, Function<T, String> form) implements ValueKind<T> {
        @Override
        public T read(String text) throws InvalidValue {
            return kind.read(text);
        }

        @Override
        public String write(T value) {
            return form.apply(value);
        }
    }

    /** Any text but an empty one. */
    ValueKind<String> TEXT = text -> {
        if (text.isEmpty()) {
            throw new InvalidValue("is empty, write a value or leave the key out");
        }
        return text;
    };

    ValueKind<Boolean> FLAG = named("`true` or `false`", text -> switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new InvalidValue("is neither true nor false, write one of the two");
    });

    T read(String text) throws InvalidValue;

    /** What may be written, in a few words. */
    default String type() {
        return "text";
    }

    /** A value as an operator writes it. */
    default String write(T value) {
        return String.valueOf(value);
    }

    static <T> ValueKind<T> named(String type, ValueKind<T> kind) {
        return new Named<>(type, kind, String::valueOf);
    }

    /** A whole number between two bounds, for example a port. */
    static ValueKind<Integer> number(String what, int least, int most) {
        ValueKind<Long> count = count(what, least, most);
        return named(count.type(), text -> Math.toIntExact(count.read(text)));
    }

    /** One that may be large. */
    static ValueKind<Long> count(String what, long least, long most) {
        return named("number, " + least + " to " + most, text -> {
            long number = isWhole(text) ? Long.parseLong(text) : least - 1;
            if (number < least || number > most) {
                throw new InvalidValue("is not " + what + ", write a number from " + least + " to " + most);
            }
            return number;
        });
    }

    /** A number that fits, in digits: without a pattern, since there may be a hundred thousand to read. */
    private static boolean isWhole(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > from && text.length() <= from + 18;
    }

    /** One of two words. */
    static <E> ValueKind<E> word(String one, E meaningOne, String other, E meaningOther) {
        Map<String, E> words = new LinkedHashMap<>();
        words.put(one, meaningOne);
        words.put(other, meaningOther);
        return word(words);
    }

    /** One of a few words. */
    static <E> ValueKind<E> word(Map<String, E> words) {
        ValueKind<E> kind = text -> {
            E meant = words.get(text);
            if (meant == null) {
                throw new InvalidValue("is not known here, write " + String.join(" or ", words.keySet()));
            }
            return meant;
        };
        String type = words.keySet().stream()
                .map(word -> "`" + word + "`")
                .collect(Collectors.joining(", "))
                .replaceFirst(", (`[^`]*`)$", " or $1");
        return new Named<>(
                type,
                kind,
                meaning -> words.entrySet().stream()
                        .filter(word -> word.getValue().equals(meaning))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow());
    }
}
