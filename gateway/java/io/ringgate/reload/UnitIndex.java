package io.ringgate.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The units there are, in the order in which they are read. Made once for a configuration: there may be ten thousand.
 *
 * @param files that they are read from
 * @param batched the files of batched units
 */
record UnitIndex(Set<Unit> units, Set<String> names, Set<Path> files, List<Path> batched) {

    static UnitIndex of(List<Unit> units) {
        Set<String> names = new HashSet<>();
        Set<Path> files = new HashSet<>();
        List<Path> batched = new ArrayList<>();
        for (Unit unit : units) {
            names.add(unit.name());
            (unit instanceof BatchedUnit ? batched : files).addAll(unit.files());
        }
        return new UnitIndex(new LinkedHashSet<>(units), names, files, batched);
    }

    boolean has(Unit unit) {
        return units.contains(unit);
    }
}
