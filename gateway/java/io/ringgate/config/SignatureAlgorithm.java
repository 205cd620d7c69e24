package io.ringgate.config;

/** How an issuer may sign, by the names of RFC 7518 and RFC 8037. A shared key is not among them, and "none" is not either. */
public enum SignatureAlgorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
    EdDSA
}
