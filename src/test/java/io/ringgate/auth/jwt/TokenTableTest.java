package io.ringgate.auth.jwt;

import static io.ringgate.auth.jwt.JwtRig.BERLIN;
import static io.ringgate.auth.jwt.JwtRig.P256;
import static io.ringgate.auth.jwt.JwtRig.RSA;
import static io.ringgate.testing.Token.base64;
import static io.ringgate.testing.Token.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.InvalidDocument;
import io.ringgate.config.SignatureAlgorithm;
import io.ringgate.config.TokenRules;
import io.ringgate.testing.SigningKey;
import io.ringgate.testing.Token;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a token of one of our issuers can be wrong. None proves anybody, and the first of all is good. */
class TokenTableTest {

    private static final SigningKey P384 = SigningKey.ec("ec-384", "P-384");
    private static final SigningKey P521 = SigningKey.ec("ec-521", "P-521");
    private static final SigningKey ED = SigningKey.ed25519("ed-1");
    private static final SigningKey SHORT = SigningKey.rsa("short", 1024);
    private static final SigningKey ENCRYPTING = SigningKey.rsa("enc", 2048);
    private static final String KEYS = "{\"keys\":["
            + String.join(
                    ",",
                    RSA.jwk("\"use\":\"sig\""),
                    P256.jwk("\"alg\":\"ES256\""),
                    P384.jwk("\"key_ops\":[\"verify\"]"),
                    P521.jwk(),
                    ED.jwk(),
                    SHORT.jwk(),
                    ENCRYPTING.jwk("\"use\":\"enc\""),
                    "{\"kty\":\"oct\",\"kid\":\"oct\",\"k\":\"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U\"}",
                    "{\"kty\":\"EC\",\"kid\":\"off\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}",
                    "7")
            + "]}";

    private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"ec-1\",\"typ\":\"JWT\"}";

    private final JwtRig rig = new JwtRig();

    @AfterEach
    void close() {
        rig.method.close();
    }

    private String answer(String token) throws InvalidDocument {
        rig.keys = KEYS;
        rig.edge(BERLIN, "azp", "berlin").use();
        return rig.answer(token);
    }

    static Stream<SignatureAlgorithm> algorithms() {
        return Arrays.stream(SignatureAlgorithm.values());
    }

    private static SigningKey keyFor(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> P256;
            case ES384 -> P384;
            case ES512 -> P521;
            case EdDSA -> ED;
            default -> RSA;
        };
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void a_good_one_is_good_by_every_algorithm(SignatureAlgorithm algorithm) throws InvalidDocument {
        assertThat(answer(rig.token(keyFor(algorithm), algorithm.name()).signed()))
                .isEqualTo("berlin/team-a");
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void none_is_good_by_an_algorithm_that_the_issuer_does_not_use(SignatureAlgorithm algorithm)
            throws InvalidDocument {
        Set<SignatureAlgorithm> others = EnumSet.complementOf(EnumSet.of(algorithm));
        rig.rules = new TokenRules(
                rig.rules.audiences(), others, rig.rules.types(), rig.rules.skew(), rig.rules.maxToken());

        assertThat(answer(rig.token(keyFor(algorithm), algorithm.name()).signed()))
                .isEqualTo("401 wrong_credential");
        assertThat(rig.claimed).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void a_flipped_bit_is_seen(SignatureAlgorithm algorithm) throws InvalidDocument {
        String good = rig.token(keyFor(algorithm), algorithm.name()).signed();
        int dot = good.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(good.substring(dot + 1));
        signature[signature.length / 2] ^= 1;

        assertThat(answer(good.substring(0, dot + 1)
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature)))
                .isEqualTo("401 wrong_credential");
    }

    record Row(String what, Function<JwtRig, String> token) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Row header(String name, @Nullable String json) {
        return new Row(
                "header " + name + ": " + json,
                rig -> rig.token().header(name, json).signed());
    }

    private static Row claim(String name, @Nullable String json) {
        return new Row(
                "claim " + name + ": " + json,
                rig -> rig.token().claim(name, json).signed());
    }

    private static Row time(String name, long offset) {
        return new Row(
                "claim " + name + " " + offset + " s from now",
                rig -> rig.token().claim(name, rig.wall / 1000 + offset).signed());
    }

    static Stream<Row> headers() {
        return Stream.of(
                header("alg", text("none")),
                header("alg", text("None")),
                header("alg", text("HS256")),
                header("alg", text("es256")),
                header("alg", text("ES256K")),
                header("alg", "7"),
                header("alg", "[\"ES256\"]"),
                header("alg", null),
                header("typ", text("JWE")),
                header("typ", text("application/jwt+x")),
                header("typ", text("absent")),
                header("typ", text("")),
                header("typ", "7"),
                header("typ", "null"),
                header("typ", null),
                header("kid", "7"),
                header("kid", text("")),
                header("kid", text("k".repeat(257))),
                header("kid", text("unknown")),
                header("kid", text("rsa-1")),
                header("kid", text("ec-384")),
                header("kid", text("off")),
                header("kid", text("oct")),
                header("jku", text("https://evil.example/keys")),
                header("jwk", P256.jwk()),
                header("x5u", text("https://evil.example/cert")),
                header("x5c", "[\"AAAA\"]"),
                header("crit", "[\"exp\"]"),
                header("crit", "[]"),
                header("crit", "null"),
                header("b64", "false"),
                header("b64", "true"),
                header("enc", text("A256GCM")),
                header("zip", text("DEF")),
                header("cty", text("JWT")),
                header("unheard-of", "1"));
    }

    static Stream<Row> claims() {
        return Stream.of(
                claim("iss", text(JwtRig.ISSUER + "/")),
                claim("iss", text(JwtRig.ISSUER.toUpperCase(Locale.ROOT))),
                claim("iss", "[" + text(JwtRig.ISSUER) + "]"),
                claim("iss", "null"),
                claim("aud", null),
                claim("aud", text("Ringgate")),
                claim("aud", text("")),
                claim("aud", "[]"),
                claim("aud", "[\"other\"]"),
                claim("aud", "[\"ringgate\", 7]"),
                claim("aud", "[\"ringgate\", null]"),
                claim("aud", "{\"ringgate\":1}"),
                claim("aud", "null"),
                claim("exp", null),
                claim("exp", text("1900000000")),
                claim("exp", "null"),
                claim("exp", "true"),
                claim("exp", "0"),
                claim("exp", "-1"),
                claim("exp", "1e30"),
                claim("exp", "1800000300000"),
                time("exp", -30),
                time("nbf", 31),
                claim("nbf", text("x")),
                claim("nbf", "null"),
                claim("nbf", "-1"),
                time("iat", 31),
                claim("iat", "1e11"));
    }

    /** Signed well, and nobody's. */
    static Stream<Row> strangers() {
        return Stream.of(claim("azp", null), claim("azp", text("Berlin")), claim("azp", "7"), claim("azp", "null"));
    }

    static Stream<Row> forms() {
        return Stream.of(
                new Row(
                        "alg none, no signature",
                        rig -> rig.token().header("alg", text("none")).unsigned() + "."),
                new Row("no signature", rig -> rig.token().unsigned() + "."),
                new Row("the signature of another token", rig -> {
                    String other = rig.token().claim("jti", 1).signed();
                    return rig.token().unsigned() + other.substring(other.lastIndexOf('.'));
                }),
                new Row("HMAC with the public key", TokenTableTest::hmac),
                new Row(
                        "ECDSA signature of zeros",
                        rig -> rig.token().unsigned() + "."
                                + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64])),
                new Row(
                        "ECDSA signature as DER",
                        rig -> rig.token().unsigned() + "." + der(rig.token().unsigned())),
                new Row("padding", rig -> rig.token().signed() + "="),
                new Row("a bit beyond the last byte", rig -> {
                    String good = rig.token().signed();
                    char last = good.charAt(good.length() - 1);
                    return good.substring(0, good.length() - 1) + (char) (last + 1);
                }),
                new Row(
                        "plain base64",
                        rig -> rig.token().signed().replace('-', '+').replace('_', '/') + "+"),
                new Row("a space in it", rig -> rig.token().signed().replaceFirst("\\.", " .")),
                new Row("RSA 1024", rig -> rig.token(SHORT, "RS256").signed()),
                new Row(
                        "a key for encrypting",
                        rig -> rig.token(ENCRYPTING, "RS256").signed()),
                new Row(
                        "RS256 by the name of an EC key",
                        rig -> rig.token(RSA, "RS256")
                                .header("kid", text("ec-1"))
                                .signed()),
                new Row(
                        "too long",
                        rig -> rig.token().claim("x", text("x".repeat(8192))).signed()),
                new Row(
                        "not UTF-8",
                        rig -> Token.sign(
                                P256,
                                "ES256",
                                base64(HEADER) + "."
                                        + Base64.getUrlEncoder()
                                                .withoutPadding()
                                                .encodeToString(("{\"iss\":\"" + JwtRig.ISSUER + "\",\"x\":\"\u00e9\"}")
                                                        .getBytes(StandardCharsets.ISO_8859_1)))));
    }

    static Stream<Row> texts() {
        return Stream.of(
                parts("{\"alg\":\"ES256\",\"alg\":\"none\",\"kid\":\"ec-1\",\"typ\":\"JWT\"}", "{}"),
                parts("{\"alg\":\"ES256\"", "{}"),
                parts("{\"alg\":\"ES256\"} x", "{}"),
                parts("{}", claimsTwice("iss")),
                parts(HEADER, claimsTwice("azp")),
                parts(HEADER, claimsTwice("exp")),
                parts(HEADER, "[]"),
                parts(HEADER, "not json"),
                parts(HEADER, "{'a':1}"),
                parts(HEADER, "{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}"),
                parts(HEADER, ""));
    }

    private static Row parts(String header, String claims) {
        return new Row(
                header + " " + claims.substring(0, Math.min(60, claims.length())),
                rig -> Token.sign(P256, "ES256", base64(header) + "." + base64(claims)));
    }

    private static String claimsTwice(String name) {
        return "{\"iss\":\"" + JwtRig.ISSUER + "\",\"aud\":\"ringgate\",\"exp\":1800000300,\"azp\":\"berlin\",\"" + name
                + "\":\"" + JwtRig.ISSUER + "\"}";
    }

    private static String hmac(JwtRig rig) {
        String parts = rig.token(RSA, "RS256").header("alg", text("HS256")).unsigned();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(RSA.pair().getPublic().getEncoded(), "HmacSHA256"));
            return parts + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(mac.doFinal(parts.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String der(String parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(P256.pair().getPrivate());
            signature.update(parts.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource({"headers", "claims", "forms", "texts"})
    void a_wrong_one_proves_nobody(Row row) throws InvalidDocument {
        assertThat(answer(row.token().apply(rig))).isIn("401 wrong_credential", "not for us");
        assertThat(rig.verified).doesNotContain(true);
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void a_good_one_that_is_nobodys_proves_nobody(Row row) throws InvalidDocument {
        assertThat(answer(row.token().apply(rig))).isEqualTo("401 wrong_credential");
    }

    @ParameterizedTest
    @MethodSource("headers")
    void a_wrong_header_is_never_left_to_others(Row row) throws InvalidDocument {
        assertThat(answer(row.token().apply(rig))).isEqualTo("401 wrong_credential");
    }

    @Test
    void at_the_edges_of_time_a_token_is_good() throws InvalidDocument {
        long now = rig.wall / 1000;
        assertThat(answer(rig.token().claim("exp", now - 29).signed())).isEqualTo("berlin/team-a");
        assertThat(answer(rig.token()
                        .claim("nbf", now + 30)
                        .claim("iat", now + 30)
                        .signed()))
                .isEqualTo("berlin/team-a");
        assertThat(answer(rig.token()
                        .claim("iat", null)
                        .claim("exp", (now + 5) + ".75")
                        .signed()))
                .isEqualTo("berlin/team-a");
    }

    @Test
    void other_forms_that_mean_the_same_are_good() throws InvalidDocument {
        assertThat(answer(rig.token().claim("aud", "[\"other\",\"ringgate\"]").signed()))
                .isEqualTo("berlin/team-a");
        assertThat(answer(rig.token().header("typ", text("application/AT+jwt")).signed()))
                .isEqualTo("berlin/team-a");
        assertThat(answer(rig.token().header("x5t", text("AAAA")).signed())).isEqualTo("berlin/team-a");
    }

    @Test
    void a_token_without_a_type_is_good_where_that_is_allowed() throws InvalidDocument {
        rig.rules = new TokenRules(
                List.of("ringgate"), rig.rules.algorithms(), Set.of(TokenRules.ABSENT), Duration.ZERO, 8192);

        assertThat(answer(rig.token().header("typ", null).signed())).isEqualTo("berlin/team-a");
        assertThat(answer(rig.token().signed())).isEqualTo("401 wrong_credential");
        assertThat(answer(rig.token().header("typ", text("absent")).signed())).isEqualTo("401 wrong_credential");
    }

    @Test
    void keys_that_check_nothing_of_ours_are_left_out() throws InvalidDocument {
        KeySet set = KeySet.parse(KEYS);

        assertThat(set.kids()).containsExactlyInAnyOrder("rsa-1", "ec-1", "ec-384", "ec-521", "ed-1");
        assertThat(set).isEqualTo(KeySet.parse(KEYS)).isNotEqualTo(KeySet.parse(SigningKey.set(RSA)));
    }
}
