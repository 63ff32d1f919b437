package dev.latchkey.library;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns what a person typed into a full-text query: every word, and the last may be the beginning of one. */
final class SearchWords {
    private SearchWords() {}

    /** The query; empty when the text has no letter and no digit, so that nothing can match it. */
    static Optional<String> query(String text) {
        String words = Arrays.stream(text.split("[^\\p{L}\\p{M}\\p{N}\\p{Co}]+"))
                .filter(word -> !word.isEmpty())
                // Quoted, a word is a plain string to FTS5: AND, NEAR, * and column names mean nothing in it.
                .map(word -> '"' + word + '"')
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? Optional.empty() : Optional.of(words + "*");
    }
}
