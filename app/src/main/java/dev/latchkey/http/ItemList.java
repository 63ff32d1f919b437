package dev.latchkey.http;

import java.util.List;
import java.util.function.Function;

/** One page of a list; {@code nextCursor} is null on the last one. */
public record ItemList<T>(List<T> items, String nextCursor) {
    /**
     * The page of the first {@code limit} of {@code rows}, which were asked for with one more than that.
     *
     * @param cursor makes the cursor text of the last row shown
     * @param view makes the response's item of a row
     */
    public static <R, T> ItemList<T> page(List<R> rows, int limit, Function<R, String> cursor, Function<R, T> view) {
        boolean more = rows.size() > limit;
        List<R> shown = more ? rows.subList(0, limit) : rows;
        return new ItemList<>(shown.stream().map(view).toList(), more ? cursor.apply(shown.get(limit - 1)) : null);
    }
}
