package dev.latchkey.browser;

import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.UnexpectedAlertBehaviour;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Starts the system's Chromium; Selenium would download one if it were not told where they are. */
final class Chromium {
    /** Kept, because a level is forgotten together with its logger. */
    private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

    static {
        // It warns of every Chromium that is newer than Selenium's typed commands, which nothing here uses.
        DEVTOOLS.setLevel(Level.SEVERE);
    }

    private Chromium() {}

    static boolean isInstalled() {
        return program("chromium").isPresent() && program("chromedriver").isPresent();
    }

    /** A Chromium without a window, which keeps its new profile and all else in this empty folder. */
    static ChromeDriver start(Path folder) {
        ChromeDriverService service = service(program("chromedriver").orElseThrow(), folder);
        return new ChromeDriver(service, options(program("chromium").orElseThrow(), folder.resolve("profile")));
    }

    private static Optional<File> program(String name) {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toFile);
    }

    private static ChromeDriverService service(File driver, Path folder) {
        return new ChromeDriverService.Builder()
                .usingDriverExecutable(driver)
                .usingAnyFreePort()
                .withEnvironment(Map.of("TMPDIR", folder.toString()))
                .withLogOutput(OutputStream.nullOutputStream())
                .build();
    }

    private static ChromeOptions options(File chromium, Path profile) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        // A dialog that nobody expects stays open, so that the next command fails because of it.
        options.setUnhandledPromptBehaviour(UnexpectedAlertBehaviour.IGNORE);
        return options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-gpu",
                // Each a process less to start and to talk to.
                "--in-process-gpu",
                "--enable-features=NetworkServiceInProcess2",
                "--disable-dev-shm-usage",
                "--lang=en-US",
                "--window-size=1280,900",
                "--user-data-dir=" + profile);
    }
}
