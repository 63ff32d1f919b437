package dev.latchkey.library;

import dev.latchkey.error.Fields;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rules for tags: short, few, each once without regard to case. */
final class Tags {
    static final int MAX_LENGTH = 64;
    private static final int MAX_COUNT = 50;

    private Tags() {}

    /** What tags are compared by. */
    static String key(String tag) {
        return Normalizer.normalize(tag, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    }

    /** The tags as they are stored; what is wrong with them goes to {@code fields}. */
    static List<String> checked(Fields fields, List<String> tags) {
        fields.check(tags.size() <= MAX_COUNT, "tags", "must be " + MAX_COUNT + " at most");
        Map<String, String> distinct = new LinkedHashMap<>();
        for (String tag : tags.subList(0, Math.min(tags.size(), MAX_COUNT))) {
            String text = fields.line("tags", tag, MAX_LENGTH);
            fields.check(text != null, "tags", "must not be empty");
            if (text != null) {
                distinct.putIfAbsent(key(text), text);
            }
        }
        return List.copyOf(distinct.values());
    }
}
