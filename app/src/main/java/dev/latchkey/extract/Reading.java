package dev.latchkey.extract;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Reads one file: its tags, its size, and small pictures of it. */
final class Reading {
    private static final int[] SIZES = {1024, 256};

    private final Optional<Films> films;

    Reading(Optional<Films> films) {
        this.films = films;
    }

    /**
     * @param program whether ffmpeg may be asked, where it is there
     * @param small where the picture of 256 pixels goes
     * @param large where the one of 1024 goes
     */
    Facts read(Path file, String mediaType, boolean program, Path small, Path large, Instant now) {
        Tags tags = Tags.of(file, mediaType);
        Facts facts = tags.facts(now);
        if (FileKinds.picture(mediaType) != null) {
            return picture(facts, tags, file, mediaType, small, large);
        }
        if (mediaType.startsWith("audio/")) {
            return sound(program ? films : Optional.empty(), facts, file, mediaType, small, large);
        }
        return program && films.isPresent() ? film(films.get(), facts, file, mediaType, small, large) : facts;
    }

    private static Facts picture(Facts facts, Tags tags, Path file, String mediaType, Path small, Path large) {
        Facts sized = facts;
        try (Pictures pictures = Pictures.open(file, FileKinds.picture(mediaType))) {
            boolean swapped = tags.orientation() >= 5;
            Dimension size = Pictures.larger(pictures.size(), tags.screen());
            sized = facts.sized(swapped ? size.height : size.width, swapped ? size.width : size.height);
            Pictures.requireBounds(size);
            BufferedImage whole = pictures.decode(mediaType.equals("image/jpeg") && tags.isProgressive());
            BufferedImage fitting = Shrinker.turn(Shrinker.fit(whole, SIZES[0]), tags.orientation());
            whole.flush();
            return sized.with(write(fitting, small, large));
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return sized.with(Facts.Thumbnail.REFUSED); // decoders fail in many ways on what is broken
        }
    }

    /**
     * What sound tells is its length; a picture that goes with it has a size, the sound has none. A cover that is broken
     * costs itself: the sound is all there.
     */
    private static Facts sound(
            Optional<Films> films, Facts facts, Path file, String mediaType, Path small, Path large) {
        Facts own = mediaType.equals("audio/mpeg") ? facts.lasting(Mp3.duration(file)) : facts;
        Optional<Facts> asked = films.flatMap(program -> asked(program, file, mediaType));
        Facts told = asked.map(Facts::duration).map(own::lasting).orElse(own);
        try {
            Optional<BufferedImage> cover = cover(file, mediaType);
            if (cover.isEmpty() && asked.filter(found -> found.width() != null).isPresent()) {
                cover = Optional.of(films.orElseThrow().picture(file, mediaType, null));
            }
            return cover.isPresent() ? told.with(write(cover.get(), small, large)) : told;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return told;
        }
    }

    /** Empty where the program cannot read it: what the file itself tells is enough. */
    private static Optional<Facts> asked(Films films, Path file, String mediaType) {
        try {
            return Optional.of(films.facts(file, mediaType));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<BufferedImage> cover(Path file, String mediaType) throws IOException {
        Optional<byte[]> found = Covers.of(file, mediaType);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Pictures pictures = Pictures.open(found.get(), Covers.format(found.get(), 0))) {
            return Optional.of(Shrinker.fit(pictures.decode(true), SIZES[0]));
        }
    }

    private static Facts film(Films films, Facts facts, Path file, String mediaType, Path small, Path large) {
        Facts told = facts;
        try {
            told = films.facts(file, mediaType).or(facts);
            BufferedImage picture = films.picture(file, mediaType, told.duration());
            if (!isLike(picture, facts)) {
                return facts.with(Facts.Thumbnail.REFUSED);
            }
            return told.with(write(picture, small, large));
        } catch (IOException | RuntimeException e) {
            return told.with(Facts.Thumbnail.REFUSED);
        }
    }

    /** Older versions give the first tile of a picture that is made of many. */
    private static boolean isLike(BufferedImage picture, Facts facts) {
        if (facts.width() == null || facts.height() == null) {
            return true;
        }
        double expected = (double) facts.width() / facts.height();
        double found = (double) picture.getWidth() / picture.getHeight();
        boolean shape = Math.abs(Math.log(expected / found)) < 0.1;
        int longest = Math.max(facts.width(), facts.height());
        return shape && Math.max(picture.getWidth(), picture.getHeight()) >= Math.min(longest, SIZES[0]) - 2;
    }

    private static Facts.Thumbnail write(BufferedImage fitting, Path small, Path large) throws IOException {
        Facts.Thumbnail format = Shrinker.isTransparent(fitting) ? Facts.Thumbnail.PNG : Facts.Thumbnail.JPEG;
        BufferedImage smaller = Shrinker.fit(fitting, SIZES[1]);
        try {
            Shrinker.write(fitting, format, large);
            Shrinker.write(smaller, format, small);
            return format;
        } catch (IOException e) {
            return Facts.Thumbnail.NOT_WRITTEN;
        }
    }
}
