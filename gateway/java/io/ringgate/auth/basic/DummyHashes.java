package io.ringgate.auth.basic;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The hashes that passwords of unknown users are checked against, so that the time of a check does not reveal which users exist.
 * A name always gets the same format, each as often as real users have it.
 *
 * <p>The choice depends on secrets of the password file, one for each format. So it is the same after a restart and on every
 * replica, and hardly changes with the file: any change would reveal that a name is unknown.
 */
final class DummyHashes {

    private static final int USUAL_COST = 10;

    private final List<Form> forms = new ArrayList<>();

    /** @param key one of the hashes of this form */
    private record Form(StoredHash dummy, int users, SecretKeySpec key) {}

    DummyHashes(Collection<StoredHash> inUse) {
        Map<StoredHash, List<StoredHash>> alike = new HashMap<>();
        for (StoredHash hash : inUse) {
            alike.computeIfAbsent(StoredHash.dummy(hash.form(), hash.cost()), form -> new ArrayList<>())
                    .add(hash);
        }
        if (alike.isEmpty()) {
            StoredHash usual = StoredHash.dummy(HashFormat.BCRYPT, USUAL_COST);
            alike.put(usual, List.of(usual));
        }
        alike.forEach((dummy, hashes) -> forms.add(new Form(dummy, hashes.size(), key(hashes))));
    }

    /** Of the hash that comes first in the order of their texts: others come and go without changing it. */
    private static SecretKeySpec key(List<StoredHash> hashes) {
        String first = hashes.getFirst().text().revealText();
        for (StoredHash hash : hashes) {
            String text = hash.text().revealText();
            first = text.compareTo(first) < 0 ? text : first;
        }
        return new SecretKeySpec(first.getBytes(StandardCharsets.US_ASCII), "HmacSHA256");
    }

    StoredHash of(String name) {
        Form best = forms.getFirst();
        if (forms.size() > 1) {
            double least = Double.POSITIVE_INFINITY;
            for (Form form : forms) {
                // The first of exponential waits, each at the rate of its form: chosen as often as its rate says.
                double wait = -Math.log(fraction(form.key(), name)) / form.users();
                if (wait < least) {
                    least = wait;
                    best = form;
                }
            }
        }
        return best.dummy();
    }

    /** Above 0 and at most 1. */
    private static double fraction(SecretKeySpec key, String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] digest = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                bits = bits << Byte.SIZE | (digest[i] & 0xff);
            }
            return ((bits >>> 11) + 1) * 0x1p-53;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }
}
