package dev.latchkey.session;

import java.time.Duration;

/** What a device works with that wants to be let in; {@code userCode} is written as {@code BCDF-GHJK}. */
public record StartedDevice(String deviceCode, String userCode, Duration life, Duration interval) {
    @Override
    public String toString() {
        return "StartedDevice[" + life + "]";
    }
}
