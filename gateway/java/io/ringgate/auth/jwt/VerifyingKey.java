package io.ringgate.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.ringgate.config.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One public key of an issuer, and what it may be used for. Two are equal when they are the same key under the same name for
 * the same use. Immutable, any thread.
 */
final class VerifyingKey {

    private static final int LEAST_RSA = 2048;
    private static final int MOST_RSA = 8192;
    private static final int LONGEST_EXPONENT = 64;

    private static final Set<SignatureAlgorithm> RSA = EnumSet.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.PS384,
            SignatureAlgorithm.PS512);

    /** What equality is about. */
    private record Identity(@Nullable String kid, String thumbprint, Set<SignatureAlgorithm> algorithms) {}

    private final Identity identity;
    private final JWSVerifier verifier;

    private VerifyingKey(Identity identity, JWSVerifier verifier) {
        this.identity = identity;
        this.verifier = verifier;
    }

    /** Null for a key that checks no signature of ours: of another kind or use, too short, too long, or a private one. */
    static @Nullable VerifyingKey of(Map<String, Object> written) {
        // Certificates beside the key count for nothing here, and their parser need not meet them.
        Map<String, Object> plain = new HashMap<>(written);
        plain.keySet().removeIf(name -> name.startsWith("x5"));
        try {
            JWK key = JWK.parse(plain);
            if (key.isPrivate() || !checksSignatures(key)) {
                return null;
            }
            Set<SignatureAlgorithm> algorithms = algorithms(key);
            if (key.getAlgorithm() != null) {
                algorithms.removeIf(
                        algorithm -> !algorithm.name().equals(key.getAlgorithm().getName()));
            }
            return algorithms.isEmpty()
                    ? null
                    : new VerifyingKey(
                            new Identity(key.getKeyID(), key.computeThumbprint().toString(), algorithms),
                            verifier(key));
        } catch (ParseException | JOSEException | RuntimeException e) {
            return null;
        }
    }

    private static boolean checksSignatures(JWK key) {
        return (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
    }

    /** By its kind and curve. */
    private static Set<SignatureAlgorithm> algorithms(JWK key) throws JOSEException {
        Set<SignatureAlgorithm> none = EnumSet.noneOf(SignatureAlgorithm.class);
        return switch (key) {
            case RSAKey rsa when isSound(rsa.toRSAPublicKey()) -> EnumSet.copyOf(RSA);
            case ECKey ec when ec.getCurve().equals(Curve.P_256) -> EnumSet.of(SignatureAlgorithm.ES256);
            case ECKey ec when ec.getCurve().equals(Curve.P_384) -> EnumSet.of(SignatureAlgorithm.ES384);
            case ECKey ec when ec.getCurve().equals(Curve.P_521) -> EnumSet.of(SignatureAlgorithm.ES512);
            case OctetKeyPair ed when ed.getCurve().equals(Curve.Ed25519) -> EnumSet.of(SignatureAlgorithm.EdDSA);
            default -> none;
        };
    }

    private static boolean isSound(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        BigInteger exponent = key.getPublicExponent();
        return bits >= LEAST_RSA
                && bits <= MOST_RSA
                && exponent.compareTo(BigInteger.TWO) > 0
                && exponent.testBit(0)
                && exponent.bitLength() <= LONGEST_EXPONENT;
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa -> new RSASSAVerifier(rsa.toRSAPublicKey());
            case ECKey ec -> new ECDSAVerifier(ec.toECPublicKey());
            case OctetKeyPair ed -> new Ed25519(ed.getDecodedX());
            default -> throw new JOSEException("no key that checks signatures");
        };
    }

    @Nullable
    String kid() {
        return identity.kid();
    }

    /** RFC 7638. */
    String thumbprint() {
        return identity.thumbprint();
    }

    boolean fits(SignatureAlgorithm algorithm) {
        return identity.algorithms().contains(algorithm);
    }

    /** Slow. An algorithm that does not fit checks nothing. */
    boolean verifies(UnverifiedToken token, SignatureAlgorithm algorithm) throws JOSEException {
        return fits(algorithm)
                && verifier.verify(
                        new JWSHeader(JWSAlgorithm.parse(algorithm.name())),
                        token.signed(),
                        Base64URL.encode(token.signature()));
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof VerifyingKey key && identity.equals(key.identity));
    }

    @Override
    public int hashCode() {
        return identity.thumbprint().hashCode();
    }

    @Override
    public String toString() {
        return "VerifyingKey[" + identity.thumbprint() + "]";
    }
}
