package io.ringgate.config.yaml;

import io.ringgate.config.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * Gets each key that a reader asks for, with its type and its default. A test makes docs/CONFIGURATION.md of it, so that
 * the page has every key. Policy files of tenants are read on several threads.
 */
interface AskedKeys {

    AskedKeys IGNORED = new AskedKeys() {};

    /** A reader asks whether the key is there, or for what is under it. */
    default void asked(SourcePosition section, String key) {}

    /** A key without a default that must be there. */
    default void required(SourcePosition section, String key) {}

    /**
     * A key with one value.
     *
     * @param fallback the default; null where there is none, or where the reader finds it by itself
     */
    default <T> void value(SourcePosition section, String key, ValueKind<T> kind, @Nullable T fallback) {}

    /** A list of such values. */
    default <T> void list(SourcePosition section, String key, ValueKind<T> kind, Iterable<T> fallback) {}

    /** A set of keys that the operator chooses. */
    default void free(SourcePosition section, ValueKind<?> kind) {}
}
