package dev.latchkey.blob;

/** Tells which files are still needed; the library knows, and hands this down. */
@FunctionalInterface
public interface BlobReferences {
    /** Whether anything names the file with this hash, trash included, as of the last commit. */
    boolean isReferenced(String sha256);
}
