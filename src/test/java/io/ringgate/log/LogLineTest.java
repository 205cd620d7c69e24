package io.ringgate.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLineTest {

    private static final Instant TIME = Instant.parse("2026-11-30T03:12:07.512Z");
    private static final String BEGIN = "2026-11-30T03:12:07.512Z WARN  ReloadRunner ";

    private final LoggerContext context = new LoggerContext();
    private final List<KeyValuePair> pairs = new ArrayList<>();
    private String message = "reload refused";
    private @Nullable Throwable throwable;

    private LogEvent event() {
        LoggingEvent event = new LoggingEvent(
                "",
                context.getLogger("io.ringgate.reload.ReloadRunner"),
                Level.WARN,
                message,
                throwable,
                new Object[0]);
        event.setInstant(TIME);
        pairs.forEach(event::addKeyValuePair);
        return LogEvent.of(event);
    }

    private LogLineTest with(String key, @Nullable Object value) {
        pairs.add(new KeyValuePair(key, value));
        return this;
    }

    private String text() {
        return TextLine.of(event());
    }

    private JsonNode json() throws Exception {
        String line = JsonLine.of(event());
        assertThat(line).endsWith("\n");
        assertThat(line.strip()).matches("[ -~]*");
        return new ObjectMapper().readTree(line);
    }

    @Test
    void text_has_time_level_logger_words_and_pairs() {
        with("unit", "identities").with("suppressed", 12).with("reason", "edges.yaml:12: unknown key");

        assertThat(text())
                .isEqualTo(BEGIN + "reload refused unit=identities suppressed=12 "
                        + "reason=\"edges.yaml:12: unknown key\"\n");
    }

    @Test
    void json_has_the_same_with_numbers_as_numbers() throws Exception {
        with("unit", "identities")
                .with("suppressed", 12)
                .with("ratio", 0.5)
                .with("cost", new BigDecimal("1.25"))
                .with("forced", true)
                .with("nothing", null)
                .with("strange", Double.NaN)
                .with("path", java.nio.file.Path.of("/etc/ringgate"));

        assertThat(json()).isEqualTo(new ObjectMapper().readTree("""
                {"time":"2026-11-30T03:12:07.512Z","level":"warn","logger":"io.ringgate.reload.ReloadRunner",
                 "message":"reload refused","unit":"identities","suppressed":12,"ratio":0.5,"cost":1.25,"forced":true,
                 "nothing":null,"strange":"NaN","path":"/etc/ringgate"}
                """));
    }

    @Test
    void a_value_is_quoted_when_it_is_not_one_word() {
        with("a", "")
                .with("b", "x y")
                .with("c", "say \"no\"")
                .with("d", "k=v")
                .with("e", "back\\slash")
                .with("f", "Zürich");

        assertThat(text())
                .isEqualTo(BEGIN + "reload refused a=\"\" b=\"x y\" c=\"say \\\"no\\\"\" d=\"k=v\" "
                        + "e=\"back\\\\slash\" f=Zürich\n");
    }

    @Test
    void a_value_cannot_forge_a_line_or_move_a_terminal() throws Exception {
        String evil = "x\n2026 ERROR y\r\u001b[2J\t\u0000\u007f\u009b\u202egpj.exe\u2028\u200b\ufeff\ud800\udb40\udc41";
        message = "library says " + evil;
        with("reason", evil).with("bad key\n", 1);

        assertThat(text())
                .endsWith("reason=\"x\\n2026 ERROR y\\r\\u001b[2J\\t\\u0000\\u007f\\u009b\\u202egpj.exe"
                        + "\\u2028\\u200b\\ufeff\\ud800\\udb40\\udc41\" bad_key_=1\n")
                .containsOnlyOnce("\n");
        assertThat(json().get("reason").asText()).startsWith("x\n2026 ERROR y\r\u001b[2J\t\u0000\u007f\u009b\u202e");
    }

    @Test
    void any_text_stays_one_line_and_comes_back_from_json() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            StringBuilder any = new StringBuilder();
            random.ints(random.nextInt(40), 0, 0x3000).forEach(any::appendCodePoint);
            pairs.clear();
            with("value", any.toString());

            assertThat(text()).as("seed %d", seed).matches("[^\\p{Cntrl}\\p{Cf}\\p{Co}\\u2028\\u2029]*\n");
            assertThat(json().get("value").asText()).as("seed %d", seed).isEqualTo(any.toString());
        }
    }

    @Test
    void a_pair_overwrites_nothing() throws Exception {
        with("time", "never")
                .with("level", "x")
                .with("message", "y")
                .with("unit", 1)
                .with("unit", 2);

        JsonNode line = json();

        assertThat(line.get("time").asText()).isEqualTo(TIME.toString());
        assertThat(line.get("time_").asText()).isEqualTo("never");
        assertThat(line.get("level").asText()).isEqualTo("warn");
        assertThat(line.get("message").asText()).isEqualTo("reload refused");
        assertThat(line.get("message_").asText()).isEqualTo("y");
        assertThat(line.get("unit_").asInt()).isEqualTo(2);
    }

    @Test
    void long_texts_are_cut_and_say_so() throws Exception {
        message = "a".repeat(10_000);
        with("reason", "x".repeat(2021) + "\ud83d\ude00".repeat(5000));

        JsonNode line = json();

        assertThat(line.get("message").asText()).hasSize(LogEvent.LONGEST).endsWith("a... (10000 characters)");
        assertThat(line.get("reason").asText())
                .hasSizeBetween(LogEvent.LONGEST - 1, LogEvent.LONGEST)
                .endsWith("\ud83d\ude00... (12021 characters)");
        assertThat(text()).hasSizeLessThan(3 * LogEvent.LONGEST);
    }

    @Test
    void a_throwable_is_one_field_in_json_and_indented_lines_in_text() throws Exception {
        throwable = new IllegalStateException("first\n2026 ERROR forged", new IllegalArgumentException("cause"));

        String exception = json().get("exception").asText();

        assertThat(exception)
                .startsWith("java.lang.IllegalStateException: first\n")
                .contains(
                        "\n  at io.ringgate.log.LogLineTest",
                        "\ncaused by: java.lang.IllegalArgumentException: cause\n");
        assertThat(text().lines().skip(1)).hasSizeGreaterThan(3).allMatch(line -> line.startsWith("\t"));
        assertThat(text()).contains("\tjava.lang.IllegalStateException: first\\n2026 ERROR forged\n");
    }

    @Test
    void a_throwable_without_an_end_is_cut() throws Exception {
        Exception cause = new Exception("end");
        for (int i = 0; i < 1000; i++) {
            cause = new Exception("c" + i, cause);
        }
        throwable = cause;

        assertThat(text().lines()).hasSizeLessThan(StackTrace.MOST_LINES + 5);
    }

    @Test
    void a_value_that_cannot_be_printed_is_named() throws Exception {
        with("value", new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException();
            }
        });

        assertThat(json().get("value").asText()).startsWith("toString of io.ringgate.log.LogLineTest$");
    }
}
