package io.ringgate.app;

import io.ringgate.observe.StatusPage;
import io.ringgate.observe.UnitStatus;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.UnitState;
import java.util.Collection;

/** The active configuration as the status page shows it: that page does not know how configuration is reloaded. */
final class ActiveConfigurationView {

    private ActiveConfigurationView() {}

    static StatusPage.Configuration of(ActiveConfiguration now, Collection<UnitState> units) {
        return new StatusPage.Configuration(
                now.settings(),
                now.certificates().values(),
                now.rings(),
                now.identities(),
                units.stream()
                        .map(unit -> new UnitStatus(unit.unit(), unit.since(), unit.problems(), unit.pending()))
                        .toList());
    }
}
