-- Mails wait here for the mail server: each is written by the transaction that causes it, so neither stands alone.

CREATE TABLE mail (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient       TEXT    NOT NULL,
    subject         TEXT    NOT NULL,
    -- Text and HTML, encrypted with the key file, because there may be a one-time link inside; null once sent.
    sealed_body     TEXT,
    state           TEXT    NOT NULL CHECK (state IN ('pending', 'sent', 'dead')),
    attempts        INTEGER NOT NULL DEFAULT 0,
    -- When trying began, or began anew: after two days it is given up.
    first_attempt_at INTEGER,
    next_attempt_at INTEGER,
    last_error      TEXT,
    created_at      INTEGER NOT NULL,
    -- When the link inside stops working, and sending it is of no use any more.
    useless_at      INTEGER,
    sent_at         INTEGER
) STRICT;

CREATE INDEX mail_by_state ON mail (state, id);
CREATE INDEX mail_due ON mail (next_attempt_at, id) WHERE state = 'pending';
CREATE INDEX mail_by_recipient ON mail (lower(recipient), created_at);
CREATE INDEX mail_by_age ON mail (created_at) WHERE state <> 'pending';
