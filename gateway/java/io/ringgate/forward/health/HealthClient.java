package io.ringgate.forward.health;

import io.ringgate.forward.Receiver;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How pages on receivers' health port are asked for. It is Vert.x's client because that can go to one address and hold its
 * certificate to another name, as it must where one name stands for many receivers.
 */
final class HealthClient {

    private static final Logger LOG = LoggerFactory.getLogger(HealthClient.class);

    private HealthClient() {}

    /** A client without kept connections; whoever made it closes it. */
    static HttpClient open(Vertx vertx, HealthPort page, long patienceMillis) {
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAlive(false)
                .setSsl(page.https())
                .setConnectTimeout((int) patienceMillis);
        if (page.caFile() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(page.caFile().toString()));
        }
        return vertx.httpClientBuilder()
                .with(options)
                .withConnectHandler(made -> made.exceptionHandler(
                        cause -> LOG.debug("a connection to a health port failed: {}", cause.toString())))
                .build();
    }

    /** A GET to the receiver's own address, under the name that the operator gave it. */
    static RequestOptions get(HealthPort page, String path, Receiver receiver, long patienceMillis) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(
                        page.port(), receiver.address().getAddress().getHostAddress()))
                .setHost(page.serverName() == null ? receiver.peer().host() : page.serverName())
                .setPort(page.port())
                .setURI(path)
                .setTimeout(patienceMillis);
    }
}
