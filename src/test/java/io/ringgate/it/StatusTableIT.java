package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ringgate.reject.Reason;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason to refuse a write, as its sender sees it. The rows are in {@link StatusRows}. */
class StatusTableIT {

    @TempDir
    private Path folder;

    static Stream<Reason> reachable() {
        return Stream.of(Reason.values()).filter(reason -> StatusRows.of(reason) instanceof StatusRows.Row);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_has_a_row_or_a_word_why_not(Reason reason) {
        switch (StatusRows.of(reason)) {
            case StatusRows.Row row -> assertThat(row.status()).isEqualTo(reason.status());
            case StatusRows.NotReachable(String why) -> assertThat(why).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("reachable")
    void is_told_in_one_sentence_and_counted_once(Reason reason) throws Exception {
        StatusRows.Row row = (StatusRows.Row) StatusRows.of(reason);
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(row, receiver)) {
            RawAnswer answer = row.play().run(new StatusRows.Stage(gateway, receiver, false));

            assertThat(answer.status()).isEqualTo(row.status());
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(answer.body()).matches("[ -~]{20,}[^.] \\(request [0-9a-z-]+\\)\n");
            assertThat(answer.body()).contains("(request " + answer.header("X-Request-Id") + ")");
            headersFit(row, answer);
            double counted = counted(gateway, reason, row.tenant());
            assertThat(counted).isGreaterThanOrEqualTo(1);
            assertThat(counted == 1 || reason == Reason.PROOF_UNAVAILABLE)
                    .as("counted once, not %s times", counted)
                    .isTrue();
            assertThat(refusals(gateway, reason))
                    .as("refusals for other reasons")
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("reachable")
    void is_told_as_an_object_to_who_accepts_json(Reason reason) throws Exception {
        StatusRows.Row row = (StatusRows.Row) StatusRows.of(reason);
        if (Set.of(Reason.BAD_FRAMING, Reason.HEADERS_TOO_LARGE).contains(reason)) {
            return; // What cannot be read says nothing of what its sender accepts.
        }
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(row, receiver)) {
            RawAnswer answer = row.play().run(new StatusRows.Stage(gateway, receiver, true));

            assertThat(answer.status()).isEqualTo(row.status());
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            Map<String, String> facts = object(answer.body());
            assertThat(facts)
                    .containsEntry("reason", reason.label())
                    .containsEntry("status", Integer.toString(row.status()))
                    .containsEntry("retry", Boolean.toString(row.status() == 503 || row.status() == 429))
                    .containsEntry("request_id", answer.header("X-Request-Id"));
            assertThat(facts.get("error")).matches("[ -~]{20,}[^.]").doesNotContain("(request");
            headersFit(row, answer);
        }
    }

    @Test
    void a_guesser_is_told_nothing() throws Exception {
        StatusRows.Row row = (StatusRows.Row) StatusRows.of(Reason.WRONG_CREDENTIAL);
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(row, receiver)) {
            List<RawAnswer> answers = StatusRows.guesses(new StatusRows.Stage(gateway, receiver, false));

            assertThat(answers)
                    .hasSizeGreaterThan(4)
                    .allSatisfy(a -> assertThat(a.status()).isEqualTo(401));
            assertThat(answers.stream()
                            .map(a -> a.body().replace(a.header("X-Request-Id"), "ID"))
                            .distinct())
                    .hasSize(1);
            assertThat(answers.stream().map(a -> a.header("WWW-Authenticate")).distinct())
                    .containsExactly("Basic realm=\"ringgate\", charset=\"UTF-8\"");
        }
    }

    private TestGateway start(StatusRows.Row row, StandInReceiver receiver) throws Exception {
        TestGateway.Setup setup = TestGateway.in(Files.createTempDirectory(folder, "gateway"))
                .receivers(row.receivers(receiver.port()))
                .hostNames("[localhost, 127.0.0.1]")
                .edge("berlin", "team-a")
                .edge("closed", "team-b", "    enabled: false")
                .edge("abroad", "team-b", "    allowed_sources: [192.0.2.0/24]")
                .edge("slow", "team-c")
                .hash("slow", StatusRows.SLOW_HASH);
        row.settings().forEach(setup::settings);
        if (!row.hashrings().isEmpty()) {
            setup.hashrings(row.hashrings(), receiver.port());
        }
        if (!row.limits().isEmpty()) {
            setup.limits(StatusRows.TENANT, row.limits());
        }
        if (row.budget() > 0) {
            setup.budget(row.budget());
        }
        return setup.start();
    }

    private static void headersFit(StatusRows.Row row, RawAnswer answer) {
        if (row.status() == 503 || row.status() == 429) {
            assertThat(answer.header("Retry-After")).matches("[1-9][0-9]?");
        } else {
            assertThat(answer.has("Retry-After")).isFalse();
        }
        assertThat(answer.has("WWW-Authenticate")).isEqualTo(row.status() == 401);
        assertThat(answer.header("Allow")).isEqualTo(row.status() == 405 ? "POST" : "");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    private static double counted(TestGateway gateway, Reason reason, String tenant) {
        return new ScrapedPage(gateway.gateway().metricsPage())
                .sum(
                        "ringgate_refused_writes_total",
                        "reason=\"" + reason.label() + "\"",
                        tenant.equals(StatusRows.ANYBODY) ? "tenant=" : "tenant=\"" + tenant + "\"");
    }

    /** Of many guesses those that are looked at are wrong credentials, and that is all that may be besides. */
    private static double refusals(TestGateway gateway, Reason but) {
        return gateway.gateway()
                .metricsPage()
                .lines()
                .filter(line -> line.startsWith("ringgate_refused_writes_total{"))
                .filter(line -> !line.contains("\"" + but.label() + "\""))
                .filter(line -> but != Reason.PROOF_UNAVAILABLE || !line.contains("wrong_credential"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static Map<String, String> object(String text) throws IOException {
        Map<String, String> facts = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                facts.put(name, json.getText());
            }
            assertThat(json.currentToken()).isEqualTo(JsonToken.END_OBJECT);
        }
        return facts;
    }
}
