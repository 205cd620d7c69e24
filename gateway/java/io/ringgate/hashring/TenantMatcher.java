package io.ringgate.hashring;

import java.util.List;

/**
 * The tenants that a ring or an override names, and how.
 *
 * @param written how names are compared: {@code exact}, {@code glob}, or nothing; any other value matches no tenant
 * @param names full names or patterns
 */
public record TenantMatcher(String written, List<String> names) {

    /** The matcher of a ring that names no tenants: it is for all. */
    public static final TenantMatcher NONE = new TenantMatcher("", List.of());

    public TenantMatcher {
        names = List.copyOf(names);
    }

    /** How names are compared in a ring, where no word means the exact comparison. */
    public enum Comparison {
        EXACT,
        GLOB,
        /** Any other value: it matches no tenant. */
        NEVER
    }

    public Comparison comparison() {
        return switch (written) {
            case "", "exact" -> Comparison.EXACT;
            case "glob" -> Comparison.GLOB;
            default -> Comparison.NEVER;
        };
    }

    /** Whether one of the names is this tenant's. The names are tried in their order. */
    boolean match(String tenant) throws MalformedPattern {
        return switch (comparison()) {
            case EXACT -> names.contains(tenant);
            case GLOB -> matchesPattern(tenant);
            case NEVER -> false;
        };
    }

    private boolean matchesPattern(String tenant) throws MalformedPattern {
        for (String pattern : names) {
            if (TenantGlob.of(pattern).matches(tenant)) {
                return true;
            }
        }
        return false;
    }
}
