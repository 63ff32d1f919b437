package dev.latchkey.bench;

/** One line of the table: what was measured, both sides in words, and the value that the budget judges. */
record Row(String what, String latchkey, String against, double value, Budget budget) {

    boolean met() {
        return budget.met(value);
    }
}
