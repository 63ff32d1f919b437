package dev.latchkey.library;

import java.util.ArrayList;
import java.util.List;

/**
 * The SQL of one page of the library. Each order walks an index and stops when the page is full; a tag or search text
 * is walked in the same order. The planner has no figures to choose by, so CROSS JOIN pins the outer table, and a plus
 * before a column keeps it from choosing that column's index over the one of the order.
 */
final class MediaQuery {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    private MediaQuery() {}

    /**
     * @param search the full-text query made of the filter's text, or null
     * @param common whether so many match that it is faster to try rows in the order of the list than to sort matches
     */
    static MediaQuery page(
            MediaFilter filter, String search, boolean common, MediaOrder order, MediaCursor after, int limit) {
        MediaQuery query = new MediaQuery();
        boolean trying = search != null && common && !order.isByTime();
        boolean bySearch = search != null && !trying;
        boolean byTag = filter.tag() != null && !bySearch;
        if (bySearch) {
            query.from("media_search s CROSS JOIN media m", "m.id = s.rowid").and("s.media_search MATCH ?", search);
            query.and(MediaDao.HAS_TAG, tagKey(filter));
        } else if (byTag) {
            query.from("media_tags t CROSS JOIN media m", "m.id = t.media_id").and("t.tag_key = ?", tagKey(filter));
        } else {
            query.from("media m", "TRUE");
        }
        query.and(SearchDao.MATCHES, trying ? search : null);
        query.and("m.kind = ?", filter.kind()).and("m.uploader_id = ?", filter.uploaderId());
        String uploadedAt = (order.isByTime() ? "" : "+") + (byTag ? "t." : "m.") + "uploaded_at";
        query.and(uploadedAt + " >= ?", filter.from()).and(uploadedAt + " < ?", filter.to());
        if (bySearch && order.isByTime()) {
            query.orderByRowid(order, after);
        } else {
            query.orderBy(byTag ? "t." : "m.", byTag ? "t.media_id" : "m.id", order, after);
        }
        query.sql.append(" LIMIT ?");
        query.parameters.add(limit);
        return query;
    }

    private static String tagKey(MediaFilter filter) {
        return filter.tag() == null ? null : Tags.key(filter.tag());
    }

    private MediaQuery from(String tables, String join) {
        sql.append("SELECT ").append(MediaDao.COLUMNS).append(" FROM ").append(tables);
        sql.append(MediaDao.PEOPLE).append(" WHERE m.trashed_at IS NULL AND ").append(join);
        return this;
    }

    private MediaQuery and(String condition, Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            parameters.add(value);
        }
        return this;
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

    /** Ids grow with time, and the full-text index is read in their order without sorting all that match. */
    private void orderByRowid(MediaOrder order, MediaCursor after) {
        and("s.rowid" + order.behind() + "?", after == null ? null : Long.valueOf(after.id()));
        sql.append(" ORDER BY s.rowid").append(order.direction());
    }

    String sql() {
        return sql.toString();
    }

    Object[] parameters() {
        return parameters.toArray();
    }
}
