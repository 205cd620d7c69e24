package io.ringgate.cli.migrate;

import io.ringgate.cli.CommandFailure;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the Ingresses that were found are the way of writes: those that are named, else those with the port or the path
 * of receivers, else those that are called so.
 *
 * @param named {@code NAMESPACE/NAME}, or the keys of a chart's section; empty when not given
 */
record WriteIngresses(List<String> named) {

    private static final Set<BackendRole> MAY_WRITE = Set.of(BackendRole.WRITE, BackendRole.RECEIVES);

    /**
     * The same Ingresses, with the role of each route as it is among the others.
     *
     * @throws CommandFailure with exit code 2 for a name that none of them has
     */
    List<Ingress> of(List<Ingress> found) {
        named.forEach(name -> see(name, found));
        boolean known = found.stream().anyMatch(ingress -> ingress.enabled() && ingress.role() == BackendRole.WRITE);
        return found.stream()
                .map(ingress -> named.isEmpty() ? guessed(ingress, known) : told(ingress))
                .toList();
    }

    private static void see(String name, List<Ingress> found) {
        Ingress ingress = found.stream()
                .filter(each -> each.isCalled(name))
                .findFirst()
                .orElseThrow(
                        () -> CommandFailure.wrong("--ingress " + ReportText.of(name) + " is not among what was found ("
                                + found.stream().map(Ingress::id).collect(Collectors.joining(", ")) + ")."));
        if (!ingress.enabled()) {
            throw CommandFailure.wrong("--ingress " + ReportText.of(name) + " is switched off.");
        }
    }

    private static Ingress guessed(Ingress ingress, boolean known) {
        return known
                ? ingress
                : ingress.with(route -> route.role() == BackendRole.RECEIVES ? BackendRole.WRITE : route.role());
    }

    /** Of one that is named all routes, where none looks as if it took writes. */
    private Ingress told(Ingress ingress) {
        boolean meant = named.stream().anyMatch(ingress::isCalled);
        boolean looks = ingress.routes().stream().map(Ingress.Route::role).anyMatch(MAY_WRITE::contains);
        return ingress.with(route -> {
            boolean writes = MAY_WRITE.contains(route.role());
            return meant
                    ? writes || !looks ? BackendRole.WRITE : route.role()
                    : writes ? BackendRole.NOT_NAMED : route.role();
        });
    }
}
