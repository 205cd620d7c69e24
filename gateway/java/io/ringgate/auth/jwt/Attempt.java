package io.ringgate.auth.jwt;

import io.ringgate.auth.CallersLoop;
import io.ringgate.auth.HeaderDigest;
import io.ringgate.auth.Verdict;
import io.ringgate.config.SignatureAlgorithm;
import io.ringgate.config.TokenRules;
import io.ringgate.edge.Network;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One token that is not known, on its way to an answer: what costs nothing is asked first, the signature last. Belongs to
 * one request, on the caller's thread.
 */
final class Attempt {

    private final Desk desk;
    private final Shown shown;
    private final Realms now;
    private final boolean again;

    /**
     * What all attempts share.
     *
     * @param realms the identities of this moment
     * @param wallClock milliseconds of Unix time
     */
    record Desk(
            Memory memory,
            Verifications verifications,
            Counts counts,
            Supplier<Realms> realms,
            LongSupplier wallClock) {}

    /** What was presented: a header, and the token in it. */
    record Shown(HeaderDigest.Value digest, String header, String text, Network source) {}

    Attempt(Desk desk, Shown shown, Realms now) {
        this(desk, shown, now, true);
    }

    /** @param again whether to try once more when identities change meanwhile */
    private Attempt(Desk desk, Shown shown, Realms now, boolean again) {
        this.desk = desk;
        this.shown = shown;
        this.now = now;
        this.again = again;
    }

    /** Null when another issuer has made it, as far as it says. */
    @Nullable
    Future<Verdict> judge() {
        UnverifiedToken token;
        try {
            token = UnverifiedToken.read(shown.text());
        } catch (Unfit malformed) {
            return wrong();
        }
        String issuer = token.issuer();
        Realm realm = issuer == null ? null : now.of(issuer);
        if (realm != null) {
            return judge(token, realm);
        }
        // An issuer in another form than a text is for nobody to guess at.
        return issuer == null && token.claims().containsKey("iss") ? wrong() : null;
    }

    private Future<Verdict> judge(UnverifiedToken token, Realm realm) {
        TokenRules rules = realm.issuer().tokens();
        SignatureAlgorithm algorithm = TokenForm.algorithm(token, rules);
        long end = TokenForm.end(token, rules, desk.wallClock().getAsLong());
        if (shown.text().length() > rules.maxToken()
                || algorithm == null
                || end == 0
                || !TokenForm.isAccess(token)
                || !TokenForm.isForUs(token, realm.issuer())) {
            return wrong();
        }
        KeySet keys = realm.keys().now();
        if (keys == null) {
            desk.counts().noKey().increment();
            return Answers.NO_KEYS;
        }
        String kid = token.header("kid");
        VerifyingKey key = keys.find(kid, algorithm);
        if (key != null) {
            var flight = new Verification.Flight(shown.digest(), realm, key);
            return prove(new Verification(token, flight, now, keys, algorithm, end));
        }
        boolean there = kid == null ? keys.hasFitting(algorithm) : keys.knows(kid);
        if (there || realm.keys().lacks(kid == null ? "" : kid)) {
            desk.counts().refused().increment();
            return Answers.WRONG;
        }
        desk.counts().noKey().increment();
        return Answers.KEY_PENDING;
    }

    /** By identities alone, without a look at keys. */
    private Future<Verdict> wrong() {
        desk.memory().disprove(shown.digest(), now, null, null);
        desk.counts().refused().increment();
        return Answers.WRONG;
    }

    private Future<Verdict> prove(Verification wanted) {
        Future<Landing> landing = desk.verifications().of(wanted, shown.source());
        if (landing.isComplete()) {
            return verdict(landing.result());
        }
        CallersLoop loop = CallersLoop.current();
        Promise<Verdict> answer = Promise.promise();
        landing.onSuccess(came -> loop.run(() -> verdict(came).onSuccess(answer::complete)));
        return answer.future();
    }

    /** Judged by the identities of this moment. */
    private Future<Verdict> verdict(Landing landing) {
        Realms current = desk.realms().get();
        return switch (landing) {
            case Landing.NotRun _ -> Answers.BUSY;
            case Landing.Failed _ -> Answers.BROKEN;
            case Landing.Wrong _ -> current == now ? Answers.WRONG : anew(current);
            case Landing.Proven(Known known) -> {
                Future<Verdict> answer =
                        known.answer(shown.header(), current, desk.wallClock().getAsLong());
                yield answer == null ? anew(current) : answer;
            }
        };
    }

    private Future<Verdict> anew(Realms current) {
        if (!again) {
            return Answers.CHANGED;
        }
        Future<Verdict> answer = new Attempt(desk, shown, current, false).judge();
        // Null when its issuer is gone.
        return answer == null ? Answers.WRONG : answer;
    }
}
