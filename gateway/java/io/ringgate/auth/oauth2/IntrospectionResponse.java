package io.ringgate.auth.oauth2;

import io.ringgate.config.ClaimPath;
import java.util.Map;

/** What came of asking about a token. */
sealed interface IntrospectionResponse {

    /**
     * The provider vouches for it.
     *
     * @param claims those that were wanted and are text
     * @param end when the token is over, in seconds of Unix time; {@link Long#MAX_VALUE} when it does not say
     */
    record Active(Map<ClaimPath, String> claims, long end) implements IntrospectionResponse {}

    /** It does not. */
    record Inactive() implements IntrospectionResponse {}

    /** It does, but not for a token that we take. */
    record Unfit() implements IntrospectionResponse {}

    /**
     * Nobody knows: there was an answer that cannot be understood, or none.
     *
     * @param why for the log; holds nothing of the answer
     * @param came whether there was an answer
     */
    record Unusable(String why, boolean came) implements IntrospectionResponse {}
}
