package io.ringgate.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A log call is {@code LOG.atWarn().addKeyValue("unit", unit).log("reload refused")}: fixed words, values as pairs only, and
 * the same key for the same thing everywhere.
 */
class LogCallsTest {

    private static final Path SOURCES = Path.of("gateway/java/io/ringgate");

    /** Every key there is. A new one is for a thing that has no key yet. */
    private static final Set<String> KEYS = Set.of(
            "unit",
            "change",
            "file",
            "line",
            "edge",
            "edges",
            "tenant",
            "label",
            "on_conflict",
            "series",
            "receiver",
            "source",
            "sources",
            "reason",
            "status",
            "path",
            "address",
            "url",
            "host",
            "issuer",
            "user",
            "users",
            "credentials",
            "connections",
            "bytes",
            "signal",
            "result",
            "request_id",
            "duration",
            "suppressed",
            "admin",
            "hosts",
            "addresses",
            "error");

    private static final Set<String> LEVELS = Set.of("atDebug", "atInfo", "atWarn", "atError");
    private static final Set<String> OLD = Set.of("trace", "debug", "info", "warn", "error");

    /** What is wrong with the calls of one source, with their lines. */
    private static List<String> faults(String name, String source) throws IOException {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        JavacTask task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, _ -> {}, null, null, List.of(file));
        List<String> faults = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            unit.accept(new Calls(name, faults), null);
        }
        return faults;
    }

    /** Looks at every call whose chain begins with a logger. */
    private static final class Calls extends TreeScanner<Void, Void> {

        private final String name;
        private final List<String> faults;

        Calls(String name, List<String> faults) {
            this.name = name;
            this.faults = faults;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
            if (call.getMethodSelect() instanceof MemberSelectTree select) {
                String method = select.getIdentifier().toString();
                if (isLogger(select.getExpression())) {
                    if (OLD.contains(method)) {
                        fault(call, "not the fluent form");
                    }
                } else if (isEvent(select.getExpression())) {
                    event(call, method);
                }
            }
            return super.visitMethodInvocation(call, null);
        }

        private void event(MethodInvocationTree call, String method) {
            List<? extends ExpressionTree> arguments = call.getArguments();
            String text = arguments.isEmpty() ? null : literal(arguments.getFirst());
            switch (method) {
                case "log" -> {
                    if (arguments.size() != 1 || text == null) {
                        fault(call, "log() takes fixed words alone");
                    } else if (!text.matches("[A-Za-z0-9][A-Za-z0-9 ,'/_-]*[A-Za-z0-9]")) {
                        fault(call, "plain words without a placeholder, a value or a full stop");
                    }
                }
                case "addKeyValue" -> {
                    if (text == null || !KEYS.contains(text)) {
                        fault(call, "a key that is not in the list");
                    }
                }
                case "setCause" -> {}
                default -> fault(call, method + " is not used here");
            }
        }

        private static @Nullable String literal(ExpressionTree tree) {
            return (tree instanceof LiteralTree literal && literal.getValue() instanceof String text) ? text : null;
        }

        private static boolean isLogger(ExpressionTree tree) {
            return (tree instanceof IdentifierTree name && name.getName().contentEquals("LOG"))
                    || (tree instanceof MethodInvocationTree call
                            && call.getMethodSelect() instanceof MemberSelectTree select
                            && select.getIdentifier().contentEquals("getLogger"));
        }

        /** The builder of an event, at any place of its chain. */
        private static boolean isEvent(ExpressionTree tree) {
            return tree instanceof MethodInvocationTree call
                    && call.getMethodSelect() instanceof MemberSelectTree select
                    && (isLogger(select.getExpression())
                            ? LEVELS.contains(select.getIdentifier().toString())
                            : isEvent(select.getExpression()));
        }

        private void fault(MethodInvocationTree call, String what) {
            faults.add(name + ": " + what + ": " + call.toString().replaceAll("\\s+", " "));
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void every_log_call_has_fixed_words_and_known_keys() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            if (source.contains("org.slf4j.Logger")) {
                faults.addAll(faults(SOURCES.relativize(file).toString(), source));
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void what_is_wrong_is_found() throws IOException {
        assertThat(faults("A.java", """
                class A {
                    void a(int n, String text) {
                        LOG.atWarn().addKeyValue("unit", n).setCause(fault).log("reload refused");
                        LOG.isDebugEnabled();
                        LOG.warn("reload refused");
                        LoggerFactory.getLogger(A.class).error("a bug", fault);
                        LOG.atWarn().log("reload of {} refused", n);
                        LOG.atWarn().log("reload of " + n + " refused");
                        LOG.atWarn().log(text);
                        LOG.atWarn().addArgument(n).log("reload refused");
                        LOG.atWarn().addKeyValue("Unit", n).log("reload refused");
                        LOG.atWarn().addKeyValue(text, n).log("reload refused");
                        LOG.atWarn().log("reload refused.");
                        LOG.atWarn().log("reload refused {}");
                    }
                }
                """)).hasSize(10);
    }

    @Test
    void keys_are_snake_case() {
        assertThat(new TreeSet<>(KEYS)).allMatch(key -> key.matches("[a-z]+(_[a-z]+)*"));
    }
}
