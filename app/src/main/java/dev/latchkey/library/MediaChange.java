package dev.latchkey.library;

import java.util.List;
import java.util.Optional;

/** What to change about a medium; a null component leaves things as they are, an empty one clears them. */
public record MediaChange(Optional<String> title, Optional<String> description, Optional<List<String>> tags) {}
