package io.ringgate.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A token as an issuer of good manners makes it, unless told otherwise. Values are given as JSON writes them. */
public final class Token {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SigningKey key;
    private final String algorithm;
    private final Map<String, String> header = new LinkedHashMap<>();
    private final Map<String, String> claims = new LinkedHashMap<>();

    private Token(SigningKey key, String algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    /** Good for five minutes. */
    public static Token by(SigningKey key, String algorithm, String issuer, String audience, long nowMillis) {
        Token token = new Token(key, algorithm)
                .header("alg", text(algorithm))
                .header("typ", text("JWT"))
                .claim("iss", text(issuer))
                .claim("aud", text(audience))
                .claim("exp", nowMillis / 1000 + 300)
                .claim("iat", nowMillis / 1000);
        return key.kid() == null ? token : token.header("kid", text(key.kid()));
    }

    public static String text(String value) {
        return '"' + value + '"';
    }

    /** Null leaves it out. */
    public Token header(String name, @Nullable String json) {
        return put(header, name, json);
    }

    /** Null leaves it out. */
    public Token claim(String name, @Nullable String json) {
        return put(claims, name, json);
    }

    public Token claim(String name, long number) {
        return claim(name, Long.toString(number));
    }

    private Token put(Map<String, String> members, String name, @Nullable String json) {
        if (json == null) {
            members.remove(name);
        } else {
            members.put(name, json);
        }
        return this;
    }

    private static String json(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> text(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    public static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What is signed: header and claims. */
    public String unsigned() {
        return base64(json(header)) + "." + base64(json(claims));
    }

    public String signed() {
        return sign(key, algorithm, unsigned());
    }

    /** The same claims, signed by somebody else. */
    public String signedBy(SigningKey other, String otherAlgorithm) {
        return sign(other, otherAlgorithm, unsigned());
    }

    /** Any two parts with the key's signature over them. */
    public static String sign(SigningKey key, String algorithm, String parts) {
        return parts + "." + BASE64.encodeToString(key.sign(algorithm, parts.getBytes(StandardCharsets.US_ASCII)));
    }
}
