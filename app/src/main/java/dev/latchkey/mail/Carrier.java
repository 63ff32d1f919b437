package dev.latchkey.mail;

/** Takes letters to where they are read. */
interface Carrier {
    /** Begins a round; whatever connection it needs is made for its first letter and kept for the others. */
    Round begin();

    /** One after the other, by one thread. */
    interface Round extends AutoCloseable {
        /** Sends a letter; never throws for what a mail server says or does. */
        Outcome send(DueMail mail, Letter letter);

        @Override
        void close();
    }
}
