package io.ringgate.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test nothing is held by any gateway that still runs: no memory, no write, no connection of a client, no bytes
 * on their way to a receiver. Every integration test has it, without saying so; a gateway that is closed is asked before.
 */
public final class AllReleasedCheck implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        TestGateway.running().forEach(TestGateway::awaitAllReleased);
    }
}
