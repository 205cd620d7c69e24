package io.ringgate.auth.oauth2;

import io.ringgate.auth.ClaimIndex;
import io.ringgate.auth.HeaderDigest;
import io.ringgate.auth.LoginMatch;
import io.ringgate.auth.ProviderClient;
import io.ringgate.edge.Network;
import io.ringgate.tls.TlsProblem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The provider as it is configured now: asked once for a token however often that is shown meanwhile, and by few at a time.
 * Any thread.
 */
final class Provider implements AutoCloseable {

    private final ProviderAccess access;
    private final Answers answers;
    private final Clocks clocks;
    private final Counts counts;
    private final ProviderClient client;
    private final Seats seats;
    private final Complaints complaints;
    private final ConcurrentMap<HeaderDigest.Value, Flight> flights = new ConcurrentHashMap<>();

    /**
     * The times that count.
     *
     * @param wall milliseconds of Unix time
     */
    record Clocks(LongSupplier nano, LongSupplier wall) {

        long seconds() {
            return TimeUnit.MILLISECONDS.toSeconds(wall.getAsLong());
        }
    }

    /**
     * A question that is under way.
     *
     * @param logins whose claims are looked for in its answer
     */
    record Flight(ClaimIndex logins, Promise<Answer> landing) {

        Future<Answer> answer() {
            return landing.future();
        }
    }

    /** What a question is about. */
    record Question(HeaderDigest.Value digest, String token, Network source) {}

    Provider(ProviderAccess access, Answers answers, Clocks clocks, Counts counts) {
        this.access = access;
        this.answers = answers;
        this.clocks = clocks;
        this.counts = counts;
        this.client = client(access);
        this.seats = new Seats(access.config().maxConcurrent(), clocks.nano());
        this.complaints = new Complaints(access.config().url(), clocks.nano());
    }

    private static ProviderClient client(ProviderAccess access) {
        try {
            return new ProviderClient(access.trust());
        } catch (TlsProblem e) {
            throw new IllegalStateException("the authorities were tried when they were read", e);
        }
    }

    /** The one before, unless something of it has changed. What was known stays known where the new one would say the same. */
    static Provider following(@Nullable Provider before, ProviderAccess access, Clocks clocks, Counts counts) {
        if (before != null && before.access.equals(access)) {
            return before;
        }
        Answers answers = before != null && before.access.saysAs(access)
                ? before.answers
                : new Answers(access.config().cache(), clocks.nano());
        return new Provider(access, answers, clocks, counts);
    }

    Answers answers() {
        return answers;
    }

    /** Joins the question that is under way for the same token, or asks. */
    Flight ask(Question question, ClaimIndex logins) {
        Flight fresh = new Flight(logins, Promise.promise());
        Flight running = flights.putIfAbsent(question.digest(), fresh);
        if (running != null) {
            return running;
        }
        Seats.Found seat = seats.take(question.source());
        if (seat == Seats.Found.FREE) {
            begin(question, fresh);
        } else {
            land(question, fresh, new Answer.NotAsked(seat));
        }
        return fresh;
    }

    private void begin(Question question, Flight flight) {
        long begun = clocks.nano().getAsLong();
        post(question.token()).whenComplete((reply, fault) -> {
            counts.time().record(clocks.nano().getAsLong() - begun);
            Answer answer = reply == null ? failed(fault) : read(reply, flight.logins());
            complaints.hear(answer);
            boolean isBad = keep(question.digest(), answer, flight.logins());
            seats.giveBack(question.source(), isBad);
            land(question, flight, answer);
        });
    }

    private CompletableFuture<ProviderClient.Reply> post(String token) {
        try {
            return client.post(
                    access.config().url(),
                    "token=" + ProviderAccess.encoded(token) + "&token_type_hint=access_token",
                    Map.of("Authorization", access.authorization()),
                    access.config().timeout());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Answer read(ProviderClient.Reply reply, ClaimIndex logins) {
        try {
            return AnswerReader.read(reply, logins.names(), access.terms(), clocks.seconds());
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    /** Only the kind of fault: its message might quote what was sent. */
    private Answer failed(@Nullable Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        Duration timeout = access.config().timeout();
        return new Answer.Unusable(
                cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException
                        ? "no whole answer came within " + timeout.toMillis() + " ms"
                        : "asking failed with "
                                + (cause == null ? "nothing" : cause.getClass().getSimpleName()),
                false);
    }

    /** True for a token that proves nobody. */
    private boolean keep(HeaderDigest.Value digest, Answer answer, ClaimIndex logins) {
        return switch (answer) {
            case Answer.Active active -> {
                answers.keep(digest, new Known(active, logins.names()));
                yield !(logins.find(active.claims()::get) instanceof LoginMatch.One);
            }
            case Answer.Inactive _, Answer.Unfit _ -> {
                answers.keepBad(digest);
                yield true;
            }
            case Answer.Unusable _, Answer.NotAsked _ -> false;
        };
    }

    private void land(Question question, Flight flight, Answer answer) {
        counts.count(answer);
        flights.remove(question.digest(), flight);
        flight.landing().complete(answer);
    }

    /** Questions that are under way fail. */
    @Override
    public void close() {
        client.close();
    }
}
