package io.ringgate.k8s;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks a model's object through all its fields and tells which keys it could not place. */
final class UnknownKeys {

    private static final String MODELS = "io.fabric8.";
    private static final String SET_ASIDE = "additionalProperties";

    private UnknownKeys() {}

    static void collect(@Nullable Object value, String path, List<String> unknown) {
        switch (value) {
            case null -> {
                return;
            }
            case Collection<?> list -> {
                int at = 0;
                for (Object each : list) {
                    collect(each, path + "/" + at++, unknown);
                }
            }
            case Map<?, ?> map -> map.forEach((key, each) -> collect(each, path + "/" + key, unknown));
            default -> {
                if (value.getClass().getName().startsWith(MODELS) && !(value instanceof Enum)) {
                    fields(value, path, unknown);
                }
            }
        }
    }

    private static void fields(Object value, String path, List<String> unknown) {
        for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                Object held = read(field, value);
                if (field.getName().equals(SET_ASIDE)) {
                    if (held instanceof Map<?, ?> keys) {
                        keys.keySet().forEach(key -> unknown.add(path + "/" + key + " is not known"));
                    }
                } else {
                    collect(held, path + "/" + field.getName(), unknown);
                }
            }
        }
    }

    private static @Nullable Object read(Field field, Object value) {
        try {
            field.setAccessible(true);
            return field.get(value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
