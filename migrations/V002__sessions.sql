-- Sign-ins of people, for browsers (cookie) and clients (bearer) alike: only the hash of the secret is kept.

CREATE TABLE sessions (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id          INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash       TEXT    NOT NULL UNIQUE,
    credential_epoch INTEGER NOT NULL,
    device_name      TEXT,
    ip               TEXT    NOT NULL,
    user_agent       TEXT,
    created_at       INTEGER NOT NULL,
    -- Written in batches, so it may lag by some seconds.
    last_used_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id, id);
CREATE INDEX sessions_by_last_use ON sessions (last_used_at);
