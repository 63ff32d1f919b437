package dev.latchkey.web;

/** A table with a head. Narrow screens show each row as a block, so a cell has to speak for itself. */
final class ApiDocsTable {
    private final ApiDocsHtml out;
    private final String[] columns;

    ApiDocsTable(ApiDocsHtml out, String... columns) {
        this.out = out;
        this.columns = columns;
    }

    void open() {
        out.open("table").open("thead").open("tr");
        for (String column : columns) {
            out.element("th", column, "scope", "col");
        }
        out.close("tr").close("thead").open("tbody");
    }

    void close() {
        out.close("tbody").close("table");
    }

    /** Writes a row; each cell writes its own contents. */
    void row(Runnable... cells) {
        out.open("tr");
        for (Runnable cell : cells) {
            out.open("td");
            cell.run();
            out.close("td");
        }
        out.close("tr");
    }
}
