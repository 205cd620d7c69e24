package io.ringgate.config.yaml;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The known key that a mistyped one was probably meant to be: the fewest letters added, left out or exchanged. */
final class NearestKey {

    private NearestKey() {}

    /** Nothing when even the nearest one differs in more than a third of the letters. */
    static @Nullable String to(String written, List<String> known) {
        String plain = plain(written);
        String nearest = null;
        int least = Math.max(1, plain.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(plain, plain(candidate));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** {@code maxPacked} and {@code max-packed} are {@code max_packed} to whoever wrote them. */
    private static String plain(String key) {
        return (key.length() > 64 ? key.substring(0, 64) : key)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[_-]", "");
    }

    /** Levenshtein's distance, one row at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
