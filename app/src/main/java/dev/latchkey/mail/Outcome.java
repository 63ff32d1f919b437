package dev.latchkey.mail;

/** How an attempt to send a mail ended. @param reason a sentence for admins, without secrets; null when it was sent */
record Outcome(Kind kind, String reason) {
    enum Kind {
        SENT,
        /** Another attempt may well work. */
        LATER,
        /** Refused for good. */
        NEVER,
        /** The link inside expired before the mail was sent. */
        USELESS,
        /** The mail server itself cannot be used, so that there is no point in trying other mails now. */
        NO_SERVER
    }

    static Outcome sent() {
        return new Outcome(Kind.SENT, null);
    }

    static Outcome later(String reason) {
        return new Outcome(Kind.LATER, reason);
    }

    static Outcome never(String reason) {
        return new Outcome(Kind.NEVER, reason);
    }

    static Outcome useless() {
        return new Outcome(Kind.USELESS, "The link inside expired before the mail could be sent.");
    }

    static Outcome noServer(String reason) {
        return new Outcome(Kind.NO_SERVER, reason);
    }
}
