package io.ringgate.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.ProviderClient;
import io.ringgate.config.IssuerKeys;
import io.ringgate.testing.FakeIssuer;
import io.ringgate.testing.FakeIssuer.Page;
import io.ringgate.testing.SigningKey;
import io.ringgate.tls.ProviderTrust;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyFetchTest {

    private static final SigningKey KEY = SigningKey.ec("k", "P-256");

    private FakeIssuer issuer;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final KeyFetchThread thread = new KeyFetchThread();
    private ProviderClient client;

    @BeforeEach
    void open() throws Exception {
        issuer = FakeIssuer.start().publish(KEY);
        client = new ProviderClient(vertx, ProviderTrust.of(List.of()));
    }

    @AfterEach
    void close() {
        client.close();
        thread.close();
        issuer.close();
        vertx.close().await();
    }

    private KeySet fetch(boolean discovery) throws Exception {
        IssuerKeys.Fetched origin = new IssuerKeys.Fetched(
                URI.create(issuer.url(discovery ? FakeIssuer.DESCRIPTION : FakeIssuer.KEYS)),
                discovery,
                null,
                Duration.ofMinutes(5),
                Duration.ofHours(1));
        return new KeyFetch(client, origin, issuer.issuer(), thread).keys().get(15, TimeUnit.SECONDS);
    }

    @Test
    void keys_come_from_their_page_or_by_way_of_the_description() throws Exception {
        assertThat(fetch(false).kids()).containsExactly("k");
        assertThat(fetch(true).kids()).containsExactly("k");
    }

    static Stream<Map.Entry<String, Page>> badPages() {
        return Stream.of(
                Map.entry("answers 500", Page.of(500, "application/json", "{}")),
                Map.entry("answers 404", Page.of(404, "text/html", "")),
                Map.entry("answers 204", Page.of(204, "application/json", "")),
                Map.entry("answers 302", Page.redirect("http://127.0.0.1:9/")),
                Map.entry("is not JSON, or has a member twice", Page.of(200, "text/html", "<h1>Sign in</h1>")),
                Map.entry("is not JSON, or has a member twice", Page.json("{\"keys\":[")),
                Map.entry("is not JSON, or has a member twice", Page.json("{\"keys\":[],\"keys\":[]}")),
                Map.entry("goes on after its JSON object", Page.json("{\"keys\":[]}{}")),
                Map.entry("is not a JSON object", Page.json("[]")),
                Map.entry("is not a JSON object", Page.json("")));
    }

    @ParameterizedTest
    @MethodSource("badPages")
    void a_page_that_is_none_gives_no_keys(Map.Entry<String, Page> bad) {
        issuer.page(FakeIssuer.KEYS, bad.getValue()).page(FakeIssuer.DESCRIPTION, bad.getValue());

        for (boolean discovery : new boolean[] {true, false}) {
            assertThatThrownBy(() -> fetch(discovery))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            InvalidDocument.class,
                            unfit -> assertThat(unfit.sentence()).isEqualTo(bad.getKey()));
        }
    }

    @Test
    void a_set_without_a_list_of_keys_is_none() {
        issuer.page(FakeIssuer.KEYS, Page.json("{\"keys\":{}}"));

        assertThatThrownBy(() -> fetch(false)).hasMessageContaining("has no list of keys");
    }

    @Test
    void a_huge_set_is_none() {
        issuer.page(FakeIssuer.KEYS, Page.json("{\"keys\":[" + "0,".repeat(300_000) + "0]}"));

        assertThatThrownBy(() -> fetch(false)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void no_more_than_a_hundred_keys_are_kept() throws Exception {
        StringBuilder keys = new StringBuilder(KEY.jwk());
        for (int i = 0; i < 200; i++) {
            keys.append(",").append(KEY.jwk().replace("\"k\"", "\"k" + i + "\""));
        }
        issuer.page(FakeIssuer.KEYS, Page.json("{\"keys\":[" + keys + "]}"));

        assertThat(fetch(false).size()).isEqualTo(100);
    }

    @Test
    void an_issuer_that_calls_itself_otherwise_is_not_asked_for_keys() {
        issuer.page(
                FakeIssuer.DESCRIPTION,
                Page.json(issuer.description(issuer.url(FakeIssuer.KEYS)).replace("/realm\"", "/other\"")));

        assertThatThrownBy(() -> fetch(true)).hasMessageContaining("describes another issuer: ");
        assertThat(issuer.asked(FakeIssuer.KEYS)).isZero();
    }

    static Stream<String> badKeyPages() {
        return Stream.of(
                "file:///etc/passwd",
                "ftp://127.0.0.1/keys",
                "/keys",
                "keys",
                "",
                "http:keys",
                ":",
                "jar:http://127.0.0.1!/");
    }

    @ParameterizedTest
    @MethodSource("badKeyPages")
    void a_description_leads_to_pages_of_the_web_only(String page) {
        issuer.page(FakeIssuer.DESCRIPTION, Page.json(issuer.description(page)));

        assertThatThrownBy(() -> fetch(true)).hasMessageContaining("names no page of keys that can be trusted");
    }
}
