package io.ringgate.config;

/** By what an edge proves itself. Says which proof, never holds a secret. */
public sealed interface Credential {

    /** A user of the htpasswd file. */
    record Basic(String user) implements Credential {}
}
