package dev.latchkey.library;

/** How what a search finds is brought into the order of a list; every way gives the same pages. */
enum SearchPlan {
    /** The full-text index is read in the order of ids until the page is full. For lists by upload only. */
    READ_IN_ORDER,
    /** All matches are read and sorted: fast where there are few. */
    SORT_MATCHES,
    /** The rows are walked in the order of the list, and each is tried: fast where many match. */
    TRY_ROWS;

    /** So few are sorted faster than the full-text index is read backwards. */
    private static final int FEW = 100;
    /** So many are met soon enough in any order, and fewer are sorted in some milliseconds. */
    private static final int MANY = 10_000;

    /** From how many matches on another plan than sorting them is the faster one. */
    static int threshold(MediaOrder order) {
        return order.isByUpload() ? FEW : MANY;
    }

    static SearchPlan of(MediaOrder order, boolean overThreshold) {
        if (!overThreshold) {
            return SORT_MATCHES;
        }
        return order.isByUpload() ? READ_IN_ORDER : TRY_ROWS;
    }
}
