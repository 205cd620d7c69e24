package io.ringgate.cli.migrate;

/**
 * An annotation that is known by name.
 *
 * @param means what it is for, a few words for an Ingress that is for later
 * @param shown false for texts that often hold credentials
 * @param rule what becomes of it where writes come in
 */
record Known(String means, boolean shown, Rule rule) {

    /** What becomes of a value, and its effect on the draft. */
    interface Rule {
        Finding judge(String value, RuleContext asked);
    }

    static Known by(String means, Rule rule) {
        return new Known(means, true, rule);
    }

    /** Nothing is made of it, whatever its value. */
    static Known left(String means, String why) {
        return by(means, (value, asked) -> Finding.left(why));
    }

    /** It decides where writes go or who may write, whatever its value. */
    static Known decide(String means, String why) {
        return by(means, (value, asked) -> Finding.decide(why));
    }

    /** It decides where writes go or who may write, unless it is switched off. */
    static Known decideUnlessOff(String means, String why) {
        return by(
                means,
                (value, asked) -> GoBoolean.isTrue(value)
                        ? Finding.decide(why)
                        : Finding.left("it is not true, so it had no effect"));
    }

    static Known elsewhere(String means, String where) {
        return by(means, (value, asked) -> Finding.elsewhere(where));
    }

    static Known hidden(String means, Rule rule) {
        return new Known(means, false, rule);
    }
}
