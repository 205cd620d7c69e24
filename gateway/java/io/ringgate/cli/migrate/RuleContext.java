package io.ringgate.cli.migrate;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a rule may look at and write to.
 *
 * @param users those of the Secret that was given, absent without one
 */
record RuleContext(
        Ingress ingress, ConfigDraft draft, @Nullable ImportedUsers users) {

    EdgeAccess access() {
        return new EdgeAccess(draft, users);
    }

    /** True when there will be an edge. */
    boolean hasUsers() {
        return users != null && !users.edges().isEmpty();
    }

    void limits(UnaryOperator<IngressLimits> change) {
        draft.limits(ingress, change);
    }

    /** What becomes of a limit that is carried over as the finding says, unless another Ingress has a wider one. */
    Finding held(IngressLimit limit, Finding alone) {
        return access().held(ingress, limit, alone);
    }

    /** Where one of the limits stands in the policy file; the key where it is the same for all. */
    String place(String key) {
        EdgeAccess access = access();
        return PolicyText.FILE + ": "
                + (access.commonLimits() == null ? "edges: " + EdgeAccess.names(access.edges(ingress)) + ": " : key);
    }

    /** The value of one of nginx's annotations beside the one at hand; empty where it is not there. */
    String nginx(String name) {
        return ingress.nginx(name);
    }
}
