package io.ringgate.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PSSParameterSpec;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which keys and signatures of certificates are strong enough. All others are weak. */
final class KeyStrength {

    private static final int LEAST_RSA = 2048;
    private static final int LEAST_EC = 256;

    private static final String DIGEST = "SHA(-?(224|256|384|512)|512/(224|256)|3-(224|256|384|512))";
    private static final Pattern DIGESTS = Pattern.compile(DIGEST);
    private static final Pattern SIGNATURES =
            Pattern.compile(DIGEST + "with(RSA|ECDSA)|Ed25519|Ed448|EdDSA|ML-DSA(-[0-9]+)?");

    private KeyStrength() {}

    /** Why the certificate's key is too weak, after "has"; null when it is not. */
    static @Nullable String weakKey(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        return switch (key) {
            case RSAKey rsa
            when rsa.getModulus().bitLength() < LEAST_RSA ->
                "an RSA key of " + rsa.getModulus().bitLength() + " bits, " + LEAST_RSA + " are the least";
            case RSAKey _ -> null;
            case ECKey ec
            when ec.getParams().getOrder().bitLength() < LEAST_EC ->
                "an EC key of " + ec.getParams().getOrder().bitLength() + " bits, " + LEAST_EC + " are the least";
            case ECKey _ -> null;
            default -> isModern(key.getAlgorithm()) ? null : "a key of the type " + key.getAlgorithm();
        };
    }

    private static boolean isModern(String algorithm) {
        return algorithm.startsWith("Ed") || algorithm.startsWith("ML-DSA");
    }

    /** Why the signature on the certificate is too weak, after "has"; null when it is not. */
    static @Nullable String weakSignature(X509Certificate certificate) {
        String name = certificate.getSigAlgName();
        boolean strong = name.equals("RSASSA-PSS")
                ? hasStrongDigest(certificate.getSigAlgParams())
                : SIGNATURES.matcher(name).matches();
        return strong ? null : "a signature by " + name + ", SHA-256 or better is needed";
    }

    /** Without parameters it is SHA-1 (RFC 4055). */
    private static boolean hasStrongDigest(byte @Nullable [] parameters) {
        if (parameters == null) {
            return false;
        }
        try {
            AlgorithmParameters pss = AlgorithmParameters.getInstance("RSASSA-PSS");
            pss.init(parameters);
            return DIGESTS.matcher(pss.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm())
                    .matches();
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }
}
