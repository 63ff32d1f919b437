package dev.latchkey.bench;

/** What a value has to reach ({@code atLeast}) or must not pass. The unit is empty for ratios. */
record Budget(double limit, boolean atLeast, String unit) {

    static Budget atLeast(double ratio) {
        return new Budget(ratio, true, "");
    }

    static Budget atMost(double limit, String unit) {
        return new Budget(limit, false, unit);
    }

    boolean met(double value) {
        return score(value) >= 1;
    }

    /** 1 is exactly the budget, more is better, whichever way the budget points. */
    double score(double value) {
        return atLeast ? value / limit : limit / value;
    }

    String text() {
        return (atLeast ? "≥ " : "≤ ") + with(limit);
    }

    /** The value with this budget's unit, in three digits or so. */
    String with(double value) {
        String number = Text.number(value);
        return unit.isEmpty() ? number : number + " " + unit;
    }
}
