package dev.latchkey.extract;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Asks ffmpeg for what Java cannot decode. It may use the one demuxer that goes with the type of the file, reads nothing
 * but files, and none of its arguments comes from a person: uploads lie under their hashes.
 */
final class Films {
    private static final int LARGEST = 1024;
    private static final int MAX_TEXT = 64 * 1024;
    /** A picture of 1024 by 1024, not compressed at all, has four megabytes. */
    private static final int MAX_PICTURE = 16 * 1024 * 1024;

    private static final Duration FAR_ENOUGH = Duration.ofSeconds(3);

    private final Path ffmpeg;
    private final Path ffprobe;

    Films(Path ffmpeg, Path ffprobe) {
        this.ffmpeg = ffmpeg;
        this.ffprobe = ffprobe;
    }

    /** Size and length, as far as they are told. */
    Facts facts(Path file, String mediaType) throws IOException {
        List<String> command = command(ffprobe, mediaType);
        command.addAll(List.of(
                "-select_streams",
                "v:0",
                "-show_entries",
                "stream=width,height:stream_side_data=rotation:format=duration",
                "-of",
                "flat",
                "-i",
                "file:" + file));
        Map<String, String> told = values(new String(Program.run(command, MAX_TEXT), StandardCharsets.UTF_8));
        Integer width = size(told.get("streams.stream.0.width"));
        Integer height = size(told.get("streams.stream.0.height"));
        Duration duration = FileKinds.isStill(mediaType)
                ? null
                : number(told.get("format.duration")).map(Tags::duration).orElse(null);
        Facts facts = new Facts(null, null, duration, null, Facts.Thumbnail.NONE);
        if (width == null || height == null) {
            return facts;
        }
        boolean lying = isLying(told);
        return facts.sized(lying ? height : width, lying ? width : height);
    }

    private static Map<String, String> values(String flat) {
        Map<String, String> values = new HashMap<>();
        for (String line : flat.lines().toList()) {
            int end = line.indexOf('=');
            if (end > 0) {
                values.put(line.substring(0, end), line.substring(end + 1).replace("\"", ""));
            }
        }
        return values;
    }

    /** The display matrix may be any of the stream's side data. */
    private static boolean isLying(Map<String, String> told) {
        return told.entrySet().stream()
                .filter(value -> value.getKey().endsWith(".rotation"))
                .map(value -> number(value.getValue()))
                .flatMap(Optional::stream)
                .anyMatch(degrees -> Math.abs(degrees) % 180 == 90);
    }

    private static Integer size(String text) {
        return number(text).map(Double::intValue).filter(pixels -> pixels > 0).orElse(null);
    }

    private static Optional<Double> number(String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The picture, or one of the first seconds of the film, at most 1024 pixels wide and high and turned upright. */
    BufferedImage picture(Path file, String mediaType, Duration duration) throws IOException {
        boolean far = duration != null && duration.compareTo(FAR_ENOUGH) > 0;
        try {
            return at(file, mediaType, far ? "1" : null);
        } catch (IOException e) {
            if (!far) {
                throw e;
            }
            return at(file, mediaType, null); // some can only be read from their beginning
        }
    }

    private BufferedImage at(Path file, String mediaType, String second) throws IOException {
        List<String> command = command(ffmpeg, mediaType);
        if (second != null) {
            command.addAll(List.of("-ss", second));
        }
        command.addAll(List.of("-threads", "1", "-max_pixels", Long.toString(Pictures.MAX_PIXELS)));
        command.addAll(List.of("-i", "file:" + file, "-map", "0:v:0", "-frames:v", "1", "-threads", "1", "-vf"));
        command.add("scale='min(" + LARGEST + ",iw)':'min(" + LARGEST + ",ih)':force_original_aspect_ratio=decrease");
        command.addAll(List.of("-f", "image2pipe", "-c:v", "png", "-nostdin", "pipe:1"));
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(Program.run(command, MAX_PICTURE)));
        if (picture == null || Math.max(picture.getWidth(), picture.getHeight()) > LARGEST) {
            throw new IOException("No picture came out of it");
        }
        return picture;
    }

    private static List<String> command(Path program, String mediaType) {
        String demuxer = FileKinds.demuxer(mediaType);
        return new ArrayList<>(List.of(
                program.toString(),
                "-v",
                "quiet",
                "-protocol_whitelist",
                "file",
                "-format_whitelist",
                demuxer.equals("mov")
                        ? "mov,mp4,m4a,3gp,3g2,mj2"
                        : demuxer.equals("matroska") ? "matroska,webm" : demuxer,
                "-f",
                demuxer));
    }
}
