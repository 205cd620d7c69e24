package io.ringgate.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.testing.LogEvents;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.impl.HttpClientRequestImpl;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.impl.WebClientInternal;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProviderExchangeTest {

    private final AtomicInteger asked = new AtomicInteger();

    /** A provider is late before there is a connection when its handshakes are slow. */
    @Test
    void one_that_is_aborted_before_there_is_a_connection_sends_and_logs_nothing() throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (LogEvents events = LogEvents.of(HttpClientRequestImpl.class)) {
            events.start();
            int port = vertx.createHttpServer()
                    .requestHandler(request -> {
                        asked.incrementAndGet();
                        request.response().end();
                    })
                    .listen(0, "127.0.0.1")
                    .await()
                    .actualPort();
            WebClient client = WebClient.create(vertx);
            ((WebClientInternal) client).addInterceptor(ProviderExchange::intercept);
            ProviderExchange exchange = new ProviderExchange(100);
            exchange.abort(new TimeoutException("late"));

            assertThatThrownBy(() -> client.get(port, "127.0.0.1", "/")
                            .as(exchange)
                            .send()
                            .await())
                    .hasMessage("late");
            client.close();
            vertx.close().await();

            assertThat(asked).hasValue(0);
            assertThat(events.all()).isEmpty();
        }
    }
}
