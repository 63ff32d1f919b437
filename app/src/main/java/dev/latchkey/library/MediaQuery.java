package dev.latchkey.library;

import java.util.ArrayList;
import java.util.List;

/**
 * The SQL of one page of the library. Each order walks an index and stops when the page is full; a tag or search text
 * is walked in the same order. The planner has no figures to choose by, so CROSS JOIN pins the outer table, and a plus
 * before a column keeps it from choosing that column's index over the one of the order.
 */
final class MediaQuery {
    /** Times before 1970 are negative, and a division rounds towards zero; so it counts from 5,700 years earlier on. */
    private static final String QUARTER = "(%stimeline_at + 180000000000000) / 900000 - 200000000";

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    private MediaQuery() {}

    /**
     * @param search the full-text query made of the filter's text, or null
     * @param plan how the matches come into the order of the list; null where nothing is searched for
     */
    static MediaQuery page(
            MediaFilter filter, String search, SearchPlan plan, MediaOrder order, MediaCursor after, int limit) {
        boolean trying = search != null && plan == SearchPlan.TRY_ROWS;
        boolean bySearch = search != null && !trying;
        boolean byTag = filter.tag() != null && !bySearch;
        MediaQuery query = new MediaQuery();
        query.select(MediaDao.COLUMNS, bySearch ? search : null, filter.tag(), MediaDao.PEOPLE);
        query.and(SearchDao.MATCHES, trying ? search : null);
        query.filter(filter, byTag ? "t." : "m.", order);
        if (bySearch && order.isByUpload()) {
            query.orderByRowid(plan == SearchPlan.SORT_MATCHES ? "+s.rowid" : "s.rowid", order, after);
        } else {
            query.orderBy(byTag ? "t." : "m.", byTag ? "t.media_id" : "m.id", order, after);
        }
        query.sql.append(" LIMIT ?");
        query.parameters.add(limit);
        return query;
    }

    /** How many media stand in each quarter of an hour of the timeline that has any, by its number since 1970. */
    static MediaQuery quarters(MediaFilter filter, String search) {
        String table = filter.tag() != null && search == null ? "t." : "m.";
        MediaQuery query = new MediaQuery();
        query.select(QUARTER.formatted(table) + " AS quarter, count(*) AS media", search, filter.tag(), "");
        query.filter(filter, table, MediaOrder.TAKEN);
        // A bound that holds for all leads the planner to the index of the timeline.
        query.and(table + "timeline_at > ?", filter.taken().from() == null ? Long.MIN_VALUE : null);
        query.sql.append(" GROUP BY quarter");
        return query;
    }

    /** From what is searched for, else from what is tagged, else from everything. */
    private void select(String columns, String search, String tag, String join) {
        String tagKey = tag == null ? null : Tags.key(tag);
        if (search != null) {
            from(columns, "media_search s CROSS JOIN media m", join, "m.id = s.rowid");
            and("s.media_search MATCH ?", search).and(MediaDao.HAS_TAG, tagKey);
        } else if (tag != null) {
            from(columns, "media_tags t CROSS JOIN media m", join, "m.id = t.media_id");
            and("t.tag_key = ?", tagKey);
        } else {
            from(columns, "media m", join, "TRUE");
        }
    }

    /** @param walked the order whose index is walked: only its bounds may choose the index */
    private void filter(MediaFilter filter, String table, MediaOrder walked) {
        and("m.kind = ?", filter.kind()).and("m.uploader_id = ?", filter.uploaderId());
        within((walked.isByUpload() ? "" : "+") + table + "uploaded_at", filter.uploaded());
        within((walked == MediaOrder.TAKEN ? "" : "+") + table + "timeline_at", filter.taken());
    }

    private void from(String columns, String tables, String join, String on) {
        sql.append("SELECT ").append(columns).append(" FROM ").append(tables).append(join);
        sql.append(" WHERE m.trashed_at IS NULL AND ").append(on);
    }

    private MediaQuery and(String condition, Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            parameters.add(value);
        }
        return this;
    }

    private void within(String column, Span span) {
        and(column + " >= ?", span.from()).and(column + " < ?", span.to());
    }

    private void orderBy(String table, String id, MediaOrder order, MediaCursor after) {
        String columns = table + order.column() + ", " + id;
        if (after != null) {
            sql.append(" AND (")
                    .append(columns)
                    .append(")")
                    .append(order.behind())
                    .append("(?, ?)");
            parameters.add(after.key());
            parameters.add(after.id());
        }
        sql.append(" ORDER BY ").append(columns.replace(",", order.direction() + ","));
        sql.append(order.direction());
    }

    /** Ids grow with time, and the full-text index is read in their order; a plus lets it sort what matches instead. */
    private void orderByRowid(String rowid, MediaOrder order, MediaCursor after) {
        and("s.rowid" + order.behind() + "?", after == null ? null : Long.valueOf(after.id()));
        sql.append(" ORDER BY ").append(rowid).append(order.direction());
    }

    String sql() {
        return sql.toString();
    }

    Object[] parameters() {
        return parameters.toArray();
    }
}
