package io.ringgate.http.admin;

import io.ringgate.reject.EscapedText;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a request to the admin pages: a parameter that is mistyped is refused, never passed over. */
final class AdminQuery {

    private AdminQuery() {}

    /** What is wrong with it, in a sentence; null when nothing is. */
    static @Nullable String fault(HttpServerRequest request, List<String> known) {
        String query = request.query();
        if (query == null || query.isEmpty()) {
            return null;
        }
        try {
            return request.params().names().stream()
                    .filter(name -> !known.contains(name))
                    .findFirst()
                    .map(name -> "unknown query parameter \"" + EscapedText.of(name) + "\": "
                            + (known.isEmpty() ? "this page has none" : "known here are " + String.join(", ", known)))
                    .orElse(null);
        } catch (IllegalArgumentException undecodable) {
            return "the query cannot be decoded: write %25 for a percent sign";
        }
    }
}
