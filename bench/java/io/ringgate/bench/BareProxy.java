package io.ringgate.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;

/**
 * What Vert.x's own HTTP server and client cost on the same way: TLS in, the body as a buffer, one plain HTTP request out,
 * its status back. Checks nothing, stamps nothing, limits nothing. The measure for the handlers of our own.
 *
 * <p>{@code BareProxy PORT CERT KEY RECEIVER_PORT}
 */
public final class BareProxy extends VerticleBase {

    private final int port;
    private final PemKeyCertOptions certificate;
    private final int receiver;

    private BareProxy(int port, PemKeyCertOptions certificate, int receiver) {
        this.port = port;
        this.certificate = certificate;
        this.receiver = receiver;
    }

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
        PemKeyCertOptions certificate =
                new PemKeyCertOptions().setCertPath(args[1]).setKeyPath(args[2]);
        vertx.deployVerticle(
                        () -> new BareProxy(Integer.parseInt(args[0]), certificate, Integer.parseInt(args[3])),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .onFailure(cause -> Runtime.getRuntime().exit(1));
    }

    @Override
    public io.vertx.core.Future<?> start() {
        HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(64));
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setSslEngineOptions(new OpenSSLEngineOptions())
                .setKeyCertOptions(certificate);
        return vertx.createHttpServer(options)
                .requestHandler(request -> forward(client, request))
                .listen(port, "127.0.0.1");
    }

    private void forward(HttpClient client, HttpServerRequest request) {
        request.body()
                .compose(body -> client.request(HttpMethod.POST, receiver, "127.0.0.1", "/api/v1/receive")
                        .compose(out -> out.putHeader("Content-Type", "application/x-protobuf")
                                .putHeader("Content-Encoding", "snappy")
                                .putHeader("THANOS-TENANT", "default-tenant")
                                .send(body)))
                .compose(answer -> answer.end().map(nothing -> answer.statusCode()))
                .onSuccess(status -> request.response().setStatusCode(status).end())
                .onFailure(cause -> request.response().setStatusCode(503).end());
    }
}
