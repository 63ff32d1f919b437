package dev.latchkey.bench;

/**
 * Two sides measured in turn (A B A B …), so that a slow minute of the machine hits both. The sides are medians; the
 * ratio is the median of the rounds' ratios.
 */
record Duel(double ours, double theirs, double ratio) {

    /** One measurement of one side, for instance in requests a second. */
    interface Side {
        double measure() throws Exception;
    }

    /** Every side runs once unmeasured, then {@code rounds} times. */
    static Duel fight(int rounds, Side ours, Side theirs) throws Exception {
        ours.measure();
        theirs.measure();
        var left = new Samples();
        var right = new Samples();
        var ratios = new Samples();
        for (int round = 0; round < rounds; round++) {
            double mine = ours.measure();
            double other = theirs.measure();
            left.add(mine);
            right.add(other);
            ratios.add(mine / other);
        }
        return new Duel(left.median(), right.median(), ratios.median());
    }
}
