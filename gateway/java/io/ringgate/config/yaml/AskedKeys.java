package io.ringgate.config.yaml;

import io.ringgate.config.Place;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each key that a reader asks for, with its type and its default. A test makes docs/CONFIGURATION.md of it, so that
 * the page has every key. Policy files of tenants are read on several threads.
 */
interface AskedKeys {

    AskedKeys IGNORED = new AskedKeys() {};

    /** A reader asks whether the key is there, or for what is under it. */
    default void asked(Place section, String key) {}

    /** A key without a default that must be there. */
    default void required(Place section, String key) {}

    /**
     * A key with one value.
     *
     * @param fallback the default; null where there is none, or where the reader finds it by itself
     */
    default <T> void value(Place section, String key, Kind<T> kind, @Nullable T fallback) {}

    /** A list of such values. */
    default <T> void list(Place section, String key, Kind<T> kind, Iterable<T> fallback) {}

    /** A set of keys that the operator chooses. */
    default void free(Place section, Kind<?> kind) {}
}
