package io.ringgate.config;

import io.ringgate.hashring.FileHash;
import io.ringgate.hashring.Hashring;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hashring file says.
 *
 * @param list in the order of the file
 * @param hash of the file, by which its readers can be compared; null where there is none
 */
public record Rings(List<Hashring> list, @Nullable FileHash hash) {

    /** Where receivers are named otherwise, or the file cannot be used. */
    public static final Rings NONE = new Rings(List.of(), null);

    public Rings {
        list = List.copyOf(list);
    }
}
