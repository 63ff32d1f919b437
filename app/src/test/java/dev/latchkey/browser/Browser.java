package dev.latchkey.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A browser with a profile of its own for all tests of a class. A test fails when the console complained during it, be
 * it about an error, a warning or the content security policy.
 */
final class Browser implements ExecutionCondition, BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The browser notes every refusal that it gets; which ones are right is for the test to say. */
    private static final Pattern REFUSED_REQUEST =
            Pattern.compile("Failed to load resource: the server responded with a status of 4\\d\\d");

    /** A page that watches its library hears of it when the server stops, and asks again. */
    private static final Pattern STOPPING_SERVER =
            Pattern.compile("/api/events - Failed to load resource: .*(503|net::)");

    private Path folder;
    private ChromeDriver driver;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Chromium.isInstalled()
                ? ConditionEvaluationResult.enabled("Chromium is here")
                : ConditionEvaluationResult.disabled(
                        "Chromium and chromedriver are needed: apt install chromium chromium-driver");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("browser");
        driver = Chromium.start(folder);
    }

    /** Leaves the page, because it would complain in the next test about a server that has gone. */
    @Override
    public void afterEach(ExtensionContext context) {
        open("about:blank");
        assertThat(complaints()).as("the browser's console").isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        driver.quit();
        Folders.delete(folder.toFile());
    }

    /** What the console has said since the last call, apart from debugging and from requests refused with a 4xx. */
    List<String> complaints() {
        return errors().stream()
                .filter(message -> !REFUSED_REQUEST.matcher(message).find())
                .filter(message -> !STOPPING_SERVER.matcher(message).find())
                .toList();
    }

    /** What the console has said since the last call, apart from debugging. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    void open(String url) {
        driver.get(url);
    }

    /** Whoever was signed in here is not any more. */
    void forget() {
        driver.executeCdpCommand(
                "Network.clearBrowserCookies", Map.of()); // of every site, not just the one that is open
    }

    String address() {
        return driver.getCurrentUrl();
    }

    /** Waits until one element that people can see matches. */
    WebElement see(String css) {
        return until(() -> visible(css).stream().findFirst().orElse(null), "to see " + css);
    }

    /** Waits until one element that people can see matches and holds this text. */
    WebElement see(String css, String text) {
        return until(
                () -> visible(css).stream()
                        .filter(element -> element.getText().contains(text))
                        .findFirst()
                        .orElse(null),
                "to see " + css + " with " + text);
    }

    void waitUntilGone(String css) {
        waitUntil(() -> visible(css).isEmpty(), "to see no " + css);
    }

    void waitUntil(Supplier<Boolean> condition, String hope) {
        until(() -> condition.get() ? true : null, hope);
    }

    private <T> T until(Supplier<T> look, String hope) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> "hoped " + hope + " at " + address())
                .until(ignored -> look.get());
    }

    private List<WebElement> visible(String css) {
        return all(css).stream().filter(WebElement::isDisplayed).toList();
    }

    /** All that match now, seen or not. */
    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** The texts of all visible elements that match, in order. */
    List<String> texts(String css) {
        return until(() -> visible(css).stream().map(WebElement::getText).toList(), "to read " + css);
    }

    void click(String css) {
        see(css).click();
    }

    /** Puts a text into a field at once, as an input method does: key by key takes the browser ten times as long. */
    void fill(String css, String text) {
        WebElement field = see(css);
        field.clear();
        assertThat(run("arguments[0].focus(); return document.activeElement === arguments[0]", field))
                .as("the focus on " + css)
                .isEqualTo(true);
        driver.executeCdpCommand("Input.insertText", Map.of("text", text));
    }

    /** Gives files to a file input, which pages hide behind a button. */
    void choose(String css, Path... files) {
        String paths = Arrays.stream(files).map(Path::toString).collect(Collectors.joining("\n"));
        driver.findElement(By.cssSelector(css)).sendKeys(paths);
    }

    /** Types into whatever has the focus. */
    void press(CharSequence keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Lays out for a screen of this width in CSS pixels, which may be narrower than a window can be. */
    void narrow(int width) {
        size(width, 800);
    }

    /** Lays out for a screen of this size in CSS pixels. */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Pretends to be a phone, which is used by fingers, or to be a desk again. */
    void phone(boolean phone) {
        Map<String, Object> touch = Map.of("enabled", phone);
        driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", touch);
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", phone ? 390 : 1280, "height", 800, "deviceScaleFactor", 1, "mobile", phone));
    }

    /** Clicks twice on an element. */
    void doubleClick(WebElement element) {
        new Actions(driver).doubleClick(element).perform();
    }

    /** What keeps a browser from installing the page as an app. */
    List<?> obstaclesToInstalling() {
        return (List<?>) driver.executeCdpCommand("Page.getInstallabilityErrors", Map.of())
                .get("installabilityErrors");
    }

    /** Prefers {@code light} or {@code dark} from now on. */
    void prefer(String scheme) {
        Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** Shows pages as for {@code print}, or on a screen again when empty. */
    void media(String medium) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", medium));
    }

    /** Puts a finger on the middle of an element. */
    void touch(WebElement element) {
        finger("touchStart", element, 0);
    }

    /** Draws the finger sideways from there, by so many pixels. */
    void draw(WebElement element, int across) {
        finger("touchMove", element, across);
    }

    /** Takes the finger away. */
    void lift() {
        driver.executeCdpCommand("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
    }

    private void finger(String type, WebElement element, int across) {
        Rectangle place = element.getRect();
        Map<String, Integer> point = Map.of("x", place.x + place.width / 2 + across, "y", place.y + place.height / 2);
        driver.executeCdpCommand("Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", List.of(point)));
    }

    /** What the window shows now, as a PNG. */
    byte[] screenshot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** A part of the page as assistive technology knows it. */
    record Accessible(String role, String name) {}

    /** All parts that are not hidden from assistive technology. */
    List<Accessible> accessibilityTree() {
        List<?> nodes = (List<?>) driver.executeCdpCommand("Accessibility.getFullAXTree", Map.of())
                .get("nodes");
        return nodes.stream()
                .map(node -> (Map<?, ?>) node)
                .filter(node -> Boolean.FALSE.equals(node.get("ignored")))
                .map(node -> new Accessible(value(node, "role"), value(node, "name")))
                .toList();
    }

    private static String value(Map<?, ?> node, String property) {
        return node.get(property) instanceof Map<?, ?> found ? String.valueOf(found.get("value")) : "";
    }
}
