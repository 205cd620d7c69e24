package io.ringgate.auth;

import io.ringgate.edge.Edge;
import io.ringgate.reject.Rejection;

/** The result of checking a credential: one edge, or a refusal. There is no third outcome. */
public sealed interface Verdict {

    /** The caller is authenticated. Whether the edge may write is the pipeline's question. */
    record Known(Login login) implements Verdict {

        public Edge edge() {
            return login.edge();
        }
    }

    record Refused(Rejection rejection) implements Verdict {}
}
