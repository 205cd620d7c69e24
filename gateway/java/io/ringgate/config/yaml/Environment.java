package io.ringgate.config.yaml;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}} by the environment's value and {@code $$} by one dollar. It works on values that YAML has
 * already read, so a variable can never bring in a key or a list.
 */
final class Environment {

    private static final Pattern DOLLAR = Pattern.compile("\\$(\\$|\\{([^}]*)\\})?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** For a file that others read too, who replace nothing. */
    static final Environment AS_WRITTEN = new Environment();

    private final @Nullable Function<String, @Nullable String> variables;

    Environment(Function<String, @Nullable String> variables) {
        this.variables = variables;
    }

    private Environment() {
        this.variables = null;
    }

    String expand(String written) throws InvalidValue {
        if (variables == null || written.indexOf('$') < 0) {
            return written;
        }
        Matcher dollar = DOLLAR.matcher(written);
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (dollar.find()) {
            out.append(written, from, dollar.start()).append(replacement(dollar, variables));
            from = dollar.end();
        }
        return out.append(written, from, written.length()).toString();
    }

    private static String replacement(Matcher dollar, Function<String, @Nullable String> variables)
            throws InvalidValue {
        if ("$".equals(dollar.group(1))) {
            return "$";
        }
        String name = dollar.group(2);
        if (name == null) {
            throw new InvalidValue(
                    "has a single $, write ${NAME} for a variable of the environment or $$ for a dollar");
        }
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValue(
                    "names a variable by other than letters, digits and '_', write ${NAME} or $$ for a dollar");
        }
        String value = variables.apply(name);
        if (value == null) {
            throw new InvalidValue(
                    "needs the environment variable " + name + ", which is not set: set it, or write the value");
        }
        return value;
    }
}
