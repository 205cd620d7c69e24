package io.ringgate.limits.contest;

import java.util.List;

/** What each would get if a rate were dealt fairly: by weight, to nobody more than it wants, until nothing is left. */
final class MaxMin {

    private MaxMin() {}

    static double[] shares(List<Contender> contenders, double perSecond) {
        double[] shares = new double[contenders.size()];
        boolean[] full = new boolean[shares.length];
        double left = perSecond;
        boolean changed = true;
        while (changed) {
            changed = false;
            double weights = 0;
            for (int i = 0; i < shares.length; i++) {
                weights += full[i] ? 0 : contenders.get(i).weight();
            }
            double level = left / weights;
            for (int i = 0; i < shares.length; i++) {
                Contender one = contenders.get(i);
                if (!full[i] && one.demand() <= level * one.weight()) {
                    shares[i] = one.demand();
                    left -= shares[i];
                    full[i] = true;
                    changed = true;
                }
            }
            for (int i = 0; i < shares.length; i++) {
                if (!full[i] && !changed) {
                    shares[i] = level * contenders.get(i).weight();
                }
            }
        }
        return shares;
    }
}
