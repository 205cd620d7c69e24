package io.ringgate.forward.health;

import io.ringgate.forward.Receiver;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.client.impl.ClientPhase;
import io.vertx.ext.web.client.impl.HttpContext;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for pages on receivers' health port, with Vert.x's Web Client: it can go to one address and hold its certificate to
 * another name, as it must where one name stands for many receivers. It follows no redirect and keeps no connection.
 */
final class HealthClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthClient.class);

    private static final Set<ClientPhase> ENDS_WHERE_STOPPED =
            EnumSet.of(ClientPhase.SEND_REQUEST, ClientPhase.RECEIVE_RESPONSE);

    private final HealthPort port;
    private final WebClient client;

    private HealthClient(HealthPort port, WebClient client) {
        this.port = port;
        this.client = client;
    }

    static HealthClient open(Vertx vertx, HealthPort port, long connectMillis) {
        HttpClientOptions options =
                new HttpClientOptions().setKeepAlive(false).setSsl(port.https()).setConnectTimeout((int) connectMillis);
        if (port.caFile() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(port.caFile().toString()));
        }
        WebClient client = WebClient.wrap(
                vertx.httpClientBuilder()
                        .with(options)
                        .withConnectHandler(made -> made.exceptionHandler(cause ->
                                LOG.atDebug().addKeyValue("error", cause).log("connection to a health port failed")))
                        .build(),
                new WebClientOptions(options).setUserAgentEnabled(false).setFollowRedirects(false));
        client.addInterceptor(HealthClient::inform);
        return new HealthClient(port, client);
    }

    /** The Web Client tells of an answer when its body is there; a page that is read in pieces has to know its head before. */
    private static void inform(HttpContext<?> context) {
        if (context.request().bodyCodec() instanceof PageRequest page) {
            switch (context.phase()) {
                case SEND_REQUEST -> page.sending(context.clientRequest());
                case RECEIVE_RESPONSE -> page.received(context.clientResponse());
                default -> {}
            }
            if (page.isStopped() && ENDS_WHERE_STOPPED.contains(context.phase())) {
                // To go on would send what is reset already, or wait for ever for the end of an answer that was.
                context.fail(new CancellationException(PageRequest.STOPPED));
                return;
            }
        }
        context.next();
    }

    /**
     * Sends a GET to the receiver's own address, under the name that the operator gave it.
     *
     * @param idleMillis how long nothing may come
     */
    PageRequest get(String path, Receiver receiver, long idleMillis, PageReader reader) {
        PageRequest page = new PageRequest(reader);
        RequestOptions options = new RequestOptions()
                .setHost(port.serverName() == null ? receiver.peer().host() : port.serverName())
                .setPort(port.port())
                .setSsl(port.https())
                .setURI(path)
                .setTimeout(idleMillis)
                .setFollowRedirects(false);
        SocketAddress address = SocketAddress.inetSocketAddress(
                port.port(), receiver.address().getAddress().getHostAddress());
        client.request(HttpMethod.GET, address, options)
                .as(page)
                .send()
                .onSuccess(answer -> reader.ended())
                .onFailure(reader::failed);
        return page;
    }

    @Override
    public void close() {
        client.close();
    }
}
