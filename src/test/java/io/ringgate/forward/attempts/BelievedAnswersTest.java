package io.ringgate.forward.attempts;

import static io.ringgate.forward.attempts.FakeReceiver.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.forward.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers are a receiver's word that a write is stored or refused, and which may be somebody else's. */
class BelievedAnswersTest {

    private static final String OK = answer(204, "");
    private static final String UNKNOWN = answer(400, "no healthy upstream");

    /** A lone receiver that gives these answers, and time that stands still. */
    private static final class Asked implements AutoCloseable {
        final Queue<String> answers = new ConcurrentLinkedQueue<>();
        final FakeReceiver receiver = new FakeReceiver(peer -> {
            while (peer.request() != null) {
                peer.say(answers.remove());
            }
        });
        final ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port());

        Asked() throws IOException {
            rig.stopClock();
        }

        Outcome gets(String answer) throws Exception {
            answers.add(answer);
            return rig.send();
        }

        void passes(Duration time) {
            rig.skew.addAndGet(time.toNanos());
        }

        @Override
        public void close() throws IOException {
            rig.close();
            receiver.close();
        }
    }

    private static String typed(int status, String type, String body) {
        return "HTTP/1.1 " + status + " Some Reason\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static Outcome once(String answer) throws Exception {
        try (Asked asked = new Asked()) {
            return asked.gets(answer);
        }
    }

    @ParameterizedTest
    @CsvSource({"text/plain,ok", "text/plain; charset=utf-8,stored", "TEXT/PLAIN,ok"})
    void a_short_plain_body_says_stored(String type, String body) throws Exception {
        assertThat(once(typed(200, type, body))).isEqualTo(new Outcome.Stored());
    }

    @ParameterizedTest
    @CsvSource({
        "200,text/html,<html>login</html>",
        "200,text/html,''",
        "204,text/html; charset=utf-8,''",
        "200,text/plain,' <!doctype html><title>login'",
        "200,application/json,{}",
        "200,text/plain,{\"status\":\"success\"}",
    })
    void a_page_never_says_stored(int status, String type, String body) throws Exception {
        assertThat(once(typed(status, type, body))).isInstanceOf(Outcome.Misconfigured.class);
    }

    @Test
    void a_long_body_does_not_say_stored() throws Exception {
        assertThat(once(typed(200, "text/plain", "x".repeat(1_024)))).isEqualTo(new Outcome.Stored());
        assertThat(once(typed(200, "text/plain", "x".repeat(1_025)))).isInstanceOf(Outcome.Misconfigured.class);
    }

    @Test
    void what_is_not_believed_is_held_against_the_receiver() throws Exception {
        try (Asked asked = new Asked()) {
            asked.gets(typed(200, "text/html", "<html>login</html>"));

            assertThat(asked.rig.receiver(0).healthSnapshot(asked.rig.now()).lastFailure())
                    .contains("answered 200 with a web page");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 413, 422})
    void known_words_are_passed_on_at_once(int status) throws Exception {
        assertThat(once(answer(status, "add 3 samples: out of bounds")))
                .isEqualTo(new Outcome.Refused(status, "add 3 samples: out of bounds"));
    }

    @ParameterizedTest
    @CsvSource({
        "text/html,<html>out of order sample</html>",
        "text/plain,<html>out of order sample</html>",
        "text/plain,Tenant name not valid",
        "text/plain,tenant name not valid: validation error",
        "text/plain,could not get required certificate field from client cert",
        "text/plain,tls client cert field requested is not supported",
    })
    void pages_and_words_about_the_setup_are_never_passed_on(String type, String body) throws Exception {
        try (Asked asked = new Asked()) {
            asked.gets(OK);
            assertThat(asked.gets(typed(400, type, body))).isInstanceOf(Outcome.Misconfigured.class);
            asked.passes(ForwardRig.DOUBT.multipliedBy(2));
            assertThat(asked.gets(typed(400, type, body))).isInstanceOf(Outcome.Misconfigured.class);
        }
    }

    @Test
    void unknown_words_are_passed_on_where_something_was_stored_lately() throws Exception {
        try (Asked asked = new Asked()) {
            asked.gets(OK);
            asked.passes(Duration.ofSeconds(29));
            assertThat(asked.gets(UNKNOWN)).isEqualTo(new Outcome.Refused(400, "no healthy upstream"));
            asked.passes(Duration.ofSeconds(1));
            assertThat(asked.gets(UNKNOWN)).isEqualTo(new Outcome.Unrecognised(400, "no healthy upstream"));
        }
    }

    @Test
    void a_text_that_is_not_plain_has_to_wait_even_there() throws Exception {
        try (Asked asked = new Asked()) {
            asked.gets(OK);
            assertThat(asked.gets(typed(400, "application/json", "{\"error\": \"out of bounds\"}")))
                    .isInstanceOf(Outcome.Unrecognised.class);
        }
    }

    @Test
    void unknown_words_block_a_sender_for_the_doubt_and_no_longer() throws Exception {
        try (Asked asked = new Asked()) {
            assertThat(asked.gets(UNKNOWN)).isInstanceOf(Outcome.Unrecognised.class);
            asked.passes(ForwardRig.DOUBT.minusSeconds(1));
            assertThat(asked.gets(answer(422, "other words"))).isInstanceOf(Outcome.Unrecognised.class);
            asked.passes(Duration.ofSeconds(1));
            assertThat(asked.gets(UNKNOWN)).isInstanceOf(Outcome.Refused.class);
            asked.passes(Duration.ofHours(1));
            assertThat(asked.gets(UNKNOWN)).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void a_stored_write_ends_the_doubt() throws Exception {
        try (Asked asked = new Asked()) {
            asked.gets(UNKNOWN);
            asked.passes(ForwardRig.DOUBT);
            asked.gets(OK);
            asked.passes(Duration.ofMinutes(1));
            assertThat(asked.gets(UNKNOWN)).isInstanceOf(Outcome.Unrecognised.class);
        }
    }

    @Test
    void a_doubt_of_long_ago_is_forgotten() throws Exception {
        try (Asked asked = new Asked()) {
            asked.gets(UNKNOWN);
            asked.passes(Duration.ofHours(2));
            assertThat(asked.gets(UNKNOWN)).isInstanceOf(Outcome.Unrecognised.class);
        }
    }

    @Test
    void a_passed_on_refusal_names_no_address() throws Exception {
        String words =
                "2 errors: forwarding request to endpoint {10.0.0.7:10901 thanos-0.thanos.svc:19391 }: out of bounds";

        assertThat(once(answer(409, words)))
                .isEqualTo(new Outcome.Refused(
                        409, "2 errors: forwarding request to endpoint {<address> <address> }: out of bounds"));
        assertThat(once(answer(429, "limited by [fd00::7]:10901")))
                .isEqualTo(new Outcome.Limited("limited by <address>"));
        assertThat(once(answer(400, "who is 10.0.0.7:80?")))
                .isEqualTo(new Outcome.Unrecognised(400, "who is <address>?"));
    }

    @Test
    void an_address_that_was_cut_off_is_not_shown_either() throws Exception {
        String long409 = "out of bounds ".repeat(2) + "10.0.0.7:10901 ".repeat(80) + "thanos-0.thanos";

        assertThat(((Outcome.Refused) once(answer(409, long409))).words()).doesNotContain("10.0", "thanos");
    }
}
