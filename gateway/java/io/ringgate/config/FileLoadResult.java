package io.ringgate.config;

import org.jspecify.annotations.Nullable;

/**
 * The result of reading one file of the configuration.
 *
 * @param value absent when nothing could be made of it; not to be used when there are errors
 */
public record FileLoadResult<T>(@Nullable T value, Problems problems) {

    /** True when the value may be used. */
    public boolean isUsable() {
        return value != null && !problems.hasErrors();
    }
}
