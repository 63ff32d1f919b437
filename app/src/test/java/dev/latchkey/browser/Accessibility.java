package dev.latchkey.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks axe-core what is wrong with the page that is open. */
record Accessibility(Browser browser) {
    private static final String AXE = read();
    private static final String FINDINGS = """
            const rules = { 'target-size': { enabled: true } }; // of WCAG 2.2, and off by default
            const options = arguments[0].length ? { runOnly: { type: 'rule', values: arguments[0] } } : {};
            return axe.run(document, { rules, ...options, resultTypes: ['violations'], preload: false }).then(({ violations }) => violations
              .filter(({ impact }) => impact === 'serious' || impact === 'critical')
              .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)));
            """;

    /** Serious and critical findings, in words; of these rules only when some are named. */
    List<String> findings(String... rules) {
        if (!Boolean.TRUE.equals(browser.run("return Boolean(window.axe)"))) {
            browser.run(AXE);
        }
        return ((List<?>) browser.run(FINDINGS, List.of(rules)))
                .stream().map(String::valueOf).toList();
    }

    private static String read() {
        try (InputStream in = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
