package dev.latchkey.bench;

import java.util.List;

/** What a figure brings: its rows for the main table, and more to read as Markdown (may be empty). */
record Findings(List<Row> rows, String details) {}
