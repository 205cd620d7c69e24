package io.ringgate.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One gateway in front of one stand-in receiver, for all tests of a class: a static {@code @RegisterExtension}. The
 * receiver is reset before each test.
 */
public final class SharedGateway implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private final UnaryOperator<TestGateway.Setup> settings;
    private @Nullable StandInReceiver receiver;
    private @Nullable TestGateway gateway;

    private SharedGateway(UnaryOperator<TestGateway.Setup> settings) {
        this.settings = settings;
    }

    /** With these settings added to a configuration that has the receiver. */
    public static SharedGateway with(UnaryOperator<TestGateway.Setup> settings) {
        return new SharedGateway(settings);
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws Exception {
        Path folder = Files.createTempDirectory("shared-gateway");
        StandInReceiver behind = StandInReceiver.start();
        receiver = behind;
        gateway = settings.apply(TestGateway.in(folder).receiverPorts(behind.port()))
                .start();
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        receiver().reset();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        gateway().close();
        receiver().close();
    }

    public StandInReceiver receiver() {
        return Objects.requireNonNull(receiver);
    }

    public TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    /** The answer to one request on a TLS connection of its own. */
    public RawAnswer ask(Request request) throws IOException {
        try (RawClient client = RawClient.tls(gateway().tlsPort(), gateway().ca())) {
            return client.send(request).answer();
        }
    }
}
