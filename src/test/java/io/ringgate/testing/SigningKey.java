package io.ringgate.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A new key with which an issuer signs tokens. It signs by the JDK alone. */
public final class SigningKey {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final @Nullable String kid;
    private final KeyPair pair;
    private final String members;

    private SigningKey(@Nullable String kid, KeyPair pair, String members) {
        this.kid = kid;
        this.pair = pair;
        this.members = members;
    }

    public static SigningKey rsa(@Nullable String kid, int bits) {
        KeyPair pair = generate("RSA", bits, null);
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return new SigningKey(
                kid,
                pair,
                "\"kty\":\"RSA\",\"n\":\"" + number(key.getModulus(), 0) + "\",\"e\":\""
                        + number(key.getPublicExponent(), 0) + "\"");
    }

    /** On one of the curves P-256, P-384 and P-521. */
    public static SigningKey ec(@Nullable String kid, String curve) {
        int bits = Integer.parseInt(curve.substring(2));
        KeyPair pair = generate("EC", 0, "secp" + bits + "r1");
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        int length = (bits + 7) / 8;
        return new SigningKey(
                kid,
                pair,
                "\"kty\":\"EC\",\"crv\":\"" + curve + "\",\"x\":\""
                        + number(key.getW().getAffineX(), length) + "\",\"y\":\""
                        + number(key.getW().getAffineY(), length) + "\"");
    }

    public static SigningKey ed25519(@Nullable String kid) {
        KeyPair pair = generate("Ed25519", 0, null);
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new SigningKey(
                kid, pair, "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + BASE64.encodeToString(point) + "\"");
    }

    private static KeyPair generate(String algorithm, int bits, @Nullable String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (curve != null) {
                generator.initialize(new ECGenParameterSpec(curve));
            } else if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String number(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        int zeros = 0;
        while (bytes[zeros] == 0) {
            zeros++;
        }
        int size = bytes.length - zeros;
        byte[] padded = new byte[Math.max(length, size)];
        System.arraycopy(bytes, zeros, padded, padded.length - size, size);
        return BASE64.encodeToString(padded);
    }

    public @Nullable String kid() {
        return kid;
    }

    /** The public key, with further members as JSON writes them. */
    public String jwk(String... more) {
        String named = kid == null ? members : members + ",\"kid\":\"" + kid + "\"";
        return "{" + named + (more.length == 0 ? "" : "," + String.join(",", more)) + "}";
    }

    /** What an issuer publishes that has these keys. */
    public static String set(SigningKey... keys) {
        return "{\"keys\":["
                + String.join(",", Arrays.stream(keys).map(SigningKey::jwk).toList()) + "]}";
    }

    public KeyPair pair() {
        return pair;
    }

    /** @param algorithm as tokens name it */
    byte[] sign(String algorithm, byte[] bytes) {
        String bits = algorithm.substring(2);
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm.substring(0, 2)) {
                        case "RS" -> "SHA" + bits + "withRSA";
                        case "PS" -> "RSASSA-PSS";
                        case "ES" -> "SHA" + bits + "withECDSAinP1363Format";
                        default -> "Ed25519";
                    });
            if (algorithm.startsWith("PS")) {
                signature.setParameter(new PSSParameterSpec(
                        "SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), Integer.parseInt(bits) / 8, 1));
            }
            signature.initSign(pair.getPrivate());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
