package io.ringgate.auth;

import java.util.function.BooleanSupplier;

/** Proofs without a credential. */
final class Proofs {

    private Proofs() {}

    static Proving.Proof of(boolean outcome) {
        return of(() -> outcome, () -> {});
    }

    static Proving.Proof of(BooleanSupplier made, Runnable dropped) {
        return new Proving.Proof() {
            @Override
            public boolean make() {
                return made.getAsBoolean();
            }

            @Override
            public void dropped() {
                dropped.run();
            }
        };
    }
}
