package dev.latchkey.browser;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What can be wrong with a page as people see it; every method lists what is, in words. */
record Screen(Browser browser) {
    private static final Set<String> NAMED = Set.of(
            "button", "checkbox", "combobox", "dialog", "image", "link", "radio", "region", "searchbox", "textbox");

    /** Elements that stick out at the sides; what a box of its own scrolls or cuts off does not count. */
    private static final String SPILL = """
            const over = (box) => box.right > innerWidth + 0.5 || box.left < -0.5;
            const contained = (node) => {
              const home = node.parentElement;
              if (!home || home === document.body) return false;
              const cuts = getComputedStyle(home).overflowX !== 'visible' && !over(home.getBoundingClientRect());
              return cuts || contained(home);
            };
            const spills = (node) => {
              const box = node.getBoundingClientRect();
              return node.checkVisibility() && box.width > 1 && over(box) && !contained(node);
            };
            const scrolls = (node) => node.scrollWidth > node.clientWidth;
            return [
              ...[document.documentElement, ...document.querySelectorAll('dialog[open]')].filter(scrolls),
              ...[...document.body.querySelectorAll('*')].filter(spills),
            ].map((node) => `${node.localName}#${node.id}.${node.className}`);
            """;

    /** A control that has the focus wears an outline, or its neighbour does where the control itself is out of sight. */
    private static final String WEARS_OUTLINE = """
            const worn = (node) => {
              const style = getComputedStyle(node);
              return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            };
            const node = arguments[0];
            return worn(node) || Boolean(node.nextElementSibling && worn(node.nextElementSibling));
            """;

    List<String> spills(int width, String scheme) {
        browser.narrow(width);
        browser.prefer(scheme);
        List<?> found = (List<?>) browser.run(SPILL);
        return found.stream()
                .map(node -> node + " at " + width + " px, " + scheme)
                .toList();
    }

    /** Asks what a screen reader is told. */
    List<String> nameless() {
        return browser.accessibilityTree().stream()
                .filter(node -> NAMED.contains(node.role()) && node.name().isBlank())
                .map(Object::toString)
                .toList();
    }

    /** Walks with Tab until it comes round. */
    List<String> stopsWithoutVisibleFocus() {
        Set<WebElement> seen = new HashSet<>();
        List<String> hidden = new ArrayList<>();
        browser.press(Keys.TAB);
        for (WebElement stop = browser.focused(); !stop.getTagName().equals("body") && seen.add(stop); ) {
            if (!Boolean.TRUE.equals(browser.run(WEARS_OUTLINE, stop))) {
                hidden.add(describe(stop));
            }
            browser.press(Keys.TAB);
            stop = browser.focused();
        }
        return seen.isEmpty() ? List.of("nothing can be reached by Tab") : hidden;
    }

    private static String describe(WebElement element) {
        return Stream.of("id", "class", "name", "href")
                .map(element::getDomAttribute)
                .filter(Objects::nonNull)
                .collect(joining(" ", element.getTagName() + " ", ""));
    }
}
