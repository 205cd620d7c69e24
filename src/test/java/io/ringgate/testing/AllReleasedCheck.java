package io.ringgate.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Checks after each test that no running gateway holds anything: no memory, no write, no connection of a client, no
 * bytes on their way to a receiver. Registered for every integration test; a gateway that is closed is checked before.
 */
public final class AllReleasedCheck implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        TestGateway.running().forEach(TestGateway::awaitAllReleased);
    }
}
