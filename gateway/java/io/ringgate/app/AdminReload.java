package io.ringgate.app;

import io.ringgate.http.admin.AdminListener;
import io.ringgate.reload.Force;
import io.ringgate.reload.ReloadReport;
import io.ringgate.reload.Reloader;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code POST /-/reload}: reloads, or plans a reload, and answers with a status and a line for each fact. */
record AdminReload(Reloader reloader) {

    Future<AdminListener.Done> reload(Set<String> forced, boolean dryRun) {
        Set<Force> forces = forces(forced);
        return Future.fromCompletionStage(
                dryRun
                        ? reloader.dryRun(forces)
                                .thenApply(plan -> done(plan.report().outcome(), plan.text()))
                        : reloader.reload(forces).thenApply(report -> done(report.outcome(), report.text())));
    }

    private static AdminListener.Done done(ReloadReport.Outcome outcome, String text) {
        int status = switch (outcome) {
            case APPLIED -> 200;
            case PENDING -> 409;
            case REFUSED -> 500;
        };
        return new AdminListener.Done(status, text);
    }

    private static Set<Force> forces(Collection<String> keys) {
        return keys.stream().flatMap(key -> Force.of(key).stream()).collect(Collectors.toSet());
    }
}
