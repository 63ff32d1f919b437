package dev.latchkey.session;

/** How far a sign-in got with a right password: to its end, or to the question for the second factor. */
public sealed interface SignInStep permits SignedIn, SignInStep.CodeNeeded {
    /** The second factor is still to come. @param challenge what to send with its code; it opens nothing by itself */
    record CodeNeeded(String challenge) implements SignInStep {
        @Override
        public String toString() {
            return "CodeNeeded[…]";
        }
    }
}
