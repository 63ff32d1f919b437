package dev.latchkey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * When Chromium's compositor showed what a page had changed, by its own trace: each frame is a {@code PipelineReporter} from the
 * tick of the display that asked for it to the moment at which it was presented, dropped, or found to have nothing new.
 */
final class FrameTrace {
    static final List<String> CATEGORIES = List.of("disabled-by-default-devtools.timeline.frame");
    private static final double TICK = 1_000 / 60.0;

    private final List<Double> times = new ArrayList<>();
    private final List<Double> delays = new ArrayList<>();

    private record Frame(int process, String state, double from, double to) {}

    /** Reads a trace during which one page moved all the time: what the browser's own process drew meanwhile is left out. */
    FrameTrace(List<JsonNode> events) {
        double last = Double.NaN;
        for (Frame frame : ofBusiestProcess(frames(events))) {
            if (frame.state().equals("STATE_NO_UPDATE_DESIRED")) {
                last = Double.NaN; // a rest: the page is not late, it has nothing to show
            } else if (frame.state().equals("STATE_PRESENTED_ALL") && frame.to() != last) {
                delays.add((frame.to() - frame.from()) / 1_000);
                if (!Double.isNaN(last)) {
                    times.add((frame.to() - last) / 1_000);
                }
                last = frame.to();
            }
        }
        times.sort(null);
        delays.sort(null);
    }

    private static List<Frame> ofBusiestProcess(List<Frame> frames) {
        return frames.stream().collect(Collectors.groupingBy(Frame::process)).values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    private static List<Frame> frames(List<JsonNode> events) {
        Map<String, JsonNode> begun = new HashMap<>();
        var frames = new ArrayList<Frame>();
        for (JsonNode event : events) {
            if (event.path("name").asText().equals("PipelineReporter")) {
                String id = event.path("pid") + " " + event.path("id2");
                if (event.path("ph").asText().equals("b")) {
                    begun.put(id, event);
                } else if (begun.containsKey(id)) {
                    JsonNode from = begun.remove(id);
                    String state = from.at("/args/frame_reporter/state").asText();
                    frames.add(new Frame(
                            event.path("pid").asInt(),
                            state,
                            from.path("ts").asDouble(),
                            event.path("ts").asDouble()));
                }
            }
        }
        frames.sort(Comparator.comparingDouble(Frame::to));
        return frames;
    }

    int count() {
        return times.size();
    }

    /** The distance between one presented change and the next that the given share (0 to 1) stays within, in milliseconds. */
    double time(double share) {
        return at(times, share);
    }

    /** How long it took at most for that share from the display's tick to the picture, in milliseconds. */
    double delay(double share) {
        return at(delays, share);
    }

    /** The share of frames that came at least one tick of the display too late. */
    double late() {
        return times.stream().filter(time -> time > 1.5 * TICK).count() / (double) Math.max(1, times.size());
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }
}
