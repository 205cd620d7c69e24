package io.ringgate.auth.oauth2;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.ringgate.auth.ProviderClient;
import io.ringgate.auth.TokenKind;
import io.ringgate.config.ClaimPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a provider answered. What could be understood in two ways is not understood: a member that stands there twice,
 * {@code "true"} for true, a number where there should be text. One answer, one thread.
 */
final class AnswerReader {

    private static final int LARGEST = 64 * 1024;
    private static final int DEEPEST = 20;

    /** For how much the provider's clock may be ahead of ours. */
    private static final long SKEW_SECONDS = 60;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final JsonParser parser;
    private final Set<ClaimPath> wanted;
    private final Map<ClaimPath, String> claims = new HashMap<>();
    private final Set<String> audiences = new HashSet<>();
    private @Nullable Boolean active;
    private @Nullable String issuer;
    private long end = Long.MAX_VALUE;
    private long begin = Long.MIN_VALUE;
    private boolean isAccess = true;

    private AnswerReader(JsonParser parser, Set<ClaimPath> wanted) {
        this.parser = parser;
        this.wanted = wanted;
    }

    /**
     * Whose word it must be, and for whom.
     *
     * @param issuer empty for any
     * @param audiences none for any
     */
    record Terms(String issuer, List<String> audiences) {}

    static Answer read(ProviderClient.Reply reply, Set<ClaimPath> wanted, Terms terms, long nowSeconds) {
        if (reply.status() != 200) {
            String hint = reply.status() == 401 ? ": client_id or the client's secret is wrong" : "";
            return new Answer.Unusable("it answers " + reply.status() + hint, true);
        }
        if (!mediaType(reply.type()).equals("application/json")) {
            return new Answer.Unusable("it answers something else than JSON", true);
        }
        if (reply.body().length() > LARGEST) {
            return new Answer.Unusable("its answer is longer than " + LARGEST + " characters", true);
        }
        try (JsonParser parser = JSON.createParser(reply.body())) {
            AnswerReader reader = new AnswerReader(parser, wanted);
            reader.whole();
            return reader.judge(terms, nowSeconds);
        } catch (IOException broken) {
            return new Answer.Unusable("its answer is not the JSON of RFC 7662", true);
        }
    }

    private static String mediaType(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    private void whole() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new Misread();
        }
        object(List.of());
        if (parser.nextToken() != null) {
            throw new Misread();
        }
    }

    private void object(List<String> at) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            List<String> path = new ArrayList<>(at);
            path.add(name);
            ClaimPath claim = new ClaimPath(path);
            if (value == JsonToken.VALUE_STRING && wanted.contains(claim)) {
                claims.put(claim, parser.getText());
            }
            if (at.isEmpty()) {
                standard(name, value);
            }
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                object(path);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** The members that decide. Leaves the parser on the value's first or last token. */
    private void standard(String name, JsonToken value) throws IOException {
        switch (name) {
            case "active" -> active = flag(value);
            case "exp" -> end = number(value);
            case "nbf" -> begin = number(value);
            case "iss" -> issuer = text(value);
            case "token_type", "typ" -> isAccess &= TokenKind.isAccess(text(value));
            case "aud" -> audience(value);
            default -> isAccess &= !TokenKind.isOfOthers(name);
        }
    }

    private void audience(JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            audiences.add(text(value));
            return;
        }
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            audiences.add(text(item));
        }
    }

    private static boolean flag(JsonToken value) throws Misread {
        if (value != JsonToken.VALUE_TRUE && value != JsonToken.VALUE_FALSE) {
            throw new Misread();
        }
        return value == JsonToken.VALUE_TRUE;
    }

    private long number(JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_NUMBER_INT) {
            throw new Misread();
        }
        return parser.getLongValue();
    }

    private String text(JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            throw new Misread();
        }
        return parser.getText();
    }

    private Answer judge(Terms terms, long nowSeconds) throws Misread {
        if (active == null) {
            throw new Misread();
        }
        if (!active) {
            return new Answer.Inactive();
        }
        boolean inTime = nowSeconds < end && begin <= nowSeconds + SKEW_SECONDS;
        boolean oneOfOurs =
                terms.audiences().isEmpty() || terms.audiences().stream().anyMatch(audiences::contains);
        boolean theirs = terms.issuer().isEmpty() || terms.issuer().equals(issuer);
        return inTime && isAccess && oneOfOurs && theirs
                ? new Answer.Active(Map.copyOf(claims), end)
                : new Answer.Unfit();
    }

    /** JSON, but not what an answer looks like. Never shown. */
    private static final class Misread extends IOException {
        private static final long serialVersionUID = 1;
    }
}
