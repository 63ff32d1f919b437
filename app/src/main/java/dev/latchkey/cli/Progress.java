package dev.latchkey.cli;

import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a transfer is, with its rate and the time that remains; nothing where nobody looks. */
final class Progress implements AutoCloseable {
    private static final long MEGABYTE = 1_000_000;

    private final Optional<ProgressBar> bar;

    private Progress(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    /** @param wanted whether to show anything, if there is a terminal to show it on */
    static Progress show(String task, long bytes, boolean wanted) {
        if (!wanted || System.console() == null) {
            return new Progress(Optional.empty());
        }
        boolean plain = !System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        return new Progress(Optional.of(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(bytes)
                .setUnit(" MB", MEGABYTE)
                .setStyle(plain ? ProgressBarStyle.ASCII : ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .build()));
    }

    void add(long bytes) {
        bar.ifPresent(shown -> shown.stepBy(bytes));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
