package io.ringgate.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the layer table of docs/ARCHITECTURE.md, also for packages that are still to come. */
class LayersTest {

    private static final String ROOT = "io.ringgate.";

    static final Map<String, Integer> LAYER = Map.ofEntries(
            Map.entry("secret", 0),
            Map.entry("edge", 0),
            Map.entry("reject", 0),
            Map.entry("hashring", 0),
            Map.entry("metrics", 0),
            Map.entry("log", 1),
            Map.entry("wire", 1),
            Map.entry("limits", 1),
            Map.entry("config", 1),
            Map.entry("watch", 1),
            Map.entry("stamp", 2),
            Map.entry("tls", 2),
            Map.entry("verification", 2),
            Map.entry("auth", 3),
            Map.entry("share", 3),
            Map.entry("forward", 3),
            Map.entry("pipeline", 4),
            Map.entry("http", 5),
            Map.entry("web", 6),
            Map.entry("reload", 7),
            Map.entry("observe", 7),
            Map.entry("app", 8),
            Map.entry("cli", 9));

    /** Packages of one room that may also import those of a lower number beside them. All others know no sibling. */
    static final Map<String, Integer> WITHIN = Map.ofEntries(
            Map.entry("forward.discovery", 0),
            Map.entry("forward.health", 0),
            Map.entry("forward.connections", 0),
            Map.entry("forward.attempts", 1),
            Map.entry("http.framing", 0),
            Map.entry("http.connections", 0),
            Map.entry("http", 1),
            Map.entry("reload.diff", 0),
            Map.entry("reload.guard", 1),
            Map.entry("reload.unit", 2),
            Map.entry("reload.folder", 3));

    private static JavaClasses house;

    @BeforeAll
    static void readClasses() {
        house = new ClassFileImporter()
                .withImportOption(location -> !location.contains("test-classes"))
                .importPackages("io.ringgate");
    }

    @Test
    void every_package_has_a_row_in_the_table() {
        assertThat(house.stream().map(LayersTest::room).distinct()).allMatch(LAYER::containsKey);
    }

    @Test
    void a_package_imports_only_lower_layers_its_own_parent_or_lower_siblings() {
        TreeSet<String> broken = new TreeSet<>();
        for (JavaClass from : house) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                if (to.getPackageName().startsWith(ROOT) && !allowed(from, to)) {
                    broken.add(from.getName() + " -> " + to.getName());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean allowed(JavaClass from, JavaClass to) {
        String here = from.getPackageName();
        String there = to.getPackageName();
        if (here.equals(there) || here.startsWith(there + ".")) {
            return true;
        }

        if (room(from).equals(room(to))) {
            return within(from, -1) > within(to, 99);
        }
        return LAYER.getOrDefault(room(from), -1) > LAYER.getOrDefault(room(to), 99);
    }

    private static int within(JavaClass c, int other) {
        return WITHIN.getOrDefault(c.getPackageName().substring(ROOT.length()), other);
    }

    @Test
    void no_package_cycle() {
        slices().matching("io.ringgate.(**)").should().beFreeOfCycles().check(house);
    }

    @Test
    void pure_layers_do_not_know_vertx_or_netty() {
        String[] pure = LAYER.keySet().stream()
                .filter(p -> LAYER.get(p) <= 1 || p.equals("stamp"))
                .map(p -> ROOT + p + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAnyPackage(pure)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..")
                .check(house);
    }

    @Test
    void nothing_waits_for_a_future_outside_reload_app_and_cli() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.ringgate.reload..", "io.ringgate.app..", "io.ringgate.cli..")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(java.util.concurrent.CompletableFuture.class, "get")
                .orShould()
                .callMethod(java.util.concurrent.CompletableFuture.class, "join")
                .orShould()
                .callMethod(java.util.concurrent.Future.class, "get")
                .orShould()
                .callMethod(io.vertx.core.Future.class, "await")
                .check(house);
    }

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() {
        Map<String, Boolean> marked = new TreeMap<>();
        for (JavaClass c : house) {
            marked.merge(
                    c.getPackageName(),
                    c.getSimpleName().equals("package-info") && c.isAnnotatedWith(NullMarked.class),
                    Boolean::logicalOr);
        }
        assertThat(marked)
                .isNotEmpty()
                .allSatisfy((name, yes) -> assertThat(yes).as(name).isTrue());
    }

    private static String room(JavaClass c) {
        String below = c.getPackageName().substring(ROOT.length());
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }
}
