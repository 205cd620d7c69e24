package io.ringgate.reload;

/**
 * What runs by the configuration. The package that assembles the gateway implements it. Called by the thread that
 * reloads.
 */
public interface ReloadTarget {

    /**
     * Makes everything that can fail of a change, and touches nothing.
     *
     * @return brings the change to every running part
     */
    Swap prepare(ActiveConfiguration now, ActiveConfiguration next) throws UnitProblem;

    /** A change that is ready. One that is dropped leaves nothing behind. */
    @FunctionalInterface
    interface Swap {

        /** Of a plan that changes nothing, or is only shown. */
        Swap NONE = () -> {};

        /** Returns when the change is active. Fails only by a bug. */
        void apply();
    }
}
