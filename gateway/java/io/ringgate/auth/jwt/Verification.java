package io.ringgate.auth.jwt;

import com.nimbusds.jose.JOSEException;
import io.ringgate.auth.HeaderDigest;
import io.ringgate.config.SignatureAlgorithm;
import io.ringgate.reject.Quoted;
import java.util.List;

/**
 * One token with one key: everything but the signature is right.
 *
 * @param token what is verified
 * @param flight which other verifications are the same
 * @param snapshot of identities by which the token was judged so far
 * @param keys among which the key was found
 * @param end from when on the token proves nothing, in milliseconds of Unix time
 */
record Verification(
        UnverifiedToken token, Flight flight, Realms snapshot, KeySet keys, SignatureAlgorithm algorithm, long end) {

    private static final int LONGEST_NAME = 80;

    /** Where issuers write it, the usual place first. */
    private static final List<String> SUBJECTS = List.of("sub", "client_id", "azp");

    /** The same bytes, the same key, the same identities. */
    record Flight(HeaderDigest.Value digest, Realm realm, VerifyingKey key) {}

    /** Slow. What it finds is remembered. */
    Landing run(Memory memory) throws JOSEException {
        Realm realm = flight.realm();
        VerifiedToken verified = Verifier.verify(token, flight.key(), algorithm);
        if (verified == null) {
            memory.disprove(flight.digest(), snapshot, realm, keys);
            return new Landing.Wrong();
        }
        Known known = new Known(
                realm.issuer(), flight.key(), end, new Known.Standing(snapshot, realm, realm.answer(verified)));
        memory.prove(flight.digest(), known);
        return new Landing.Proven(known);
    }

    /**
     * Whom the token says it is of. Failures count against that name, so that forged tokens of one agent keep no other out that
     * comes from the same address.
     */
    String claimed() {
        String name = flight.realm().issuer().name();
        for (String claim : SUBJECTS) {
            if (token.claims().get(claim) instanceof String subject) {
                name += " " + Quoted.of(subject);
                break;
            }
        }
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}
