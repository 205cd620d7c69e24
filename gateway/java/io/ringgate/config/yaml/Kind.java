package io.ringgate.config.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

/** A kind of value: how its text is read. */
@FunctionalInterface
interface Kind<T> {

    /** Any text but an empty one. */
    Kind<String> TEXT = text -> {
        if (text.isEmpty()) {
            throw new InvalidValue("is empty, write a value or leave the key out");
        }
        return text;
    };

    Kind<Boolean> FLAG = text -> switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new InvalidValue("is neither true nor false, write one of the two");
    };

    T read(String text) throws InvalidValue;

    /** A whole number between two bounds, for example a port. */
    static Kind<Integer> number(String what, int least, int most) {
        Kind<Long> count = count(what, least, most);
        return text -> Math.toIntExact(count.read(text));
    }

    /** One that may be large. */
    static Kind<Long> count(String what, long least, long most) {
        return text -> {
            long number = isWhole(text) ? Long.parseLong(text) : least - 1;
            if (number < least || number > most) {
                throw new InvalidValue("is not " + what + ", write a number from " + least + " to " + most);
            }
            return number;
        };
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
    static <E> Kind<E> word(String one, E meaningOne, String other, E meaningOther) {
        Map<String, E> words = new LinkedHashMap<>();
        words.put(one, meaningOne);
        words.put(other, meaningOther);
        return word(words);
    }

    /** One of a few words. */
    static <E> Kind<E> word(Map<String, E> words) {
        return text -> {
            E meant = words.get(text);
            if (meant == null) {
                throw new InvalidValue("is not known here, write " + String.join(" or ", words.keySet()));
            }
            return meant;
        };
    }
}
