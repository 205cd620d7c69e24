package io.ringgate.auth.oauth2;

import io.ringgate.config.ClaimPath;
import java.util.Map;

/** The result of one introspection request. */
sealed interface IntrospectionResponse {

    /**
     * The token is active.
     *
     * @param claims those that were wanted and are text
     * @param end when the token is over, in seconds of Unix time; {@link Long#MAX_VALUE} when it does not say
     */
    record Active(Map<ClaimPath, String> claims, long end) implements IntrospectionResponse {}

    /** The token is not active. */
    record Inactive() implements IntrospectionResponse {}

    /** The token is active, but not acceptable here. */
    record Unfit() implements IntrospectionResponse {}

    /**
     * Unknown: the answer is invalid, or there was none.
     *
     * @param why for the log; holds nothing of the answer
     * @param came whether there was an answer
     */
    record Unusable(String why, boolean came) implements IntrospectionResponse {}
}
