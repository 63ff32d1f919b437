-- Keys for scripts, guests and screens: personal access tokens, join codes, device codes.

CREATE TABLE access_tokens (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL,
    -- The first characters of the token, to be recognised by.
    prefix       TEXT    NOT NULL,
    token_hash   TEXT    NOT NULL UNIQUE,
    -- Separated by blanks, as in RFC 6749.
    scopes       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    -- Null for never.
    expires_at   INTEGER,
    -- Written in batches, so they may lag by some seconds.
    last_used_at INTEGER,
    last_used_ip TEXT,
    -- When its owner was told that it ends soon.
    warned_at    INTEGER
) STRICT;

CREATE INDEX access_tokens_by_user ON access_tokens (user_id, id);
CREATE INDEX access_tokens_by_end ON access_tokens (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE join_codes (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- The six letters, as an HMAC with the code key; the secret of the link, as SHA-256.
    code_hmac     TEXT    NOT NULL UNIQUE,
    link_hash     TEXT    NOT NULL UNIQUE,
    -- 0 for as often as one likes.
    max_uses      INTEGER NOT NULL CHECK (max_uses >= 0),
    uses          INTEGER NOT NULL DEFAULT 0,
    device_name   TEXT,
    provider_name TEXT,
    created_by    INTEGER NOT NULL REFERENCES users (id),
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX join_codes_by_user ON join_codes (user_id, id);
CREATE INDEX join_codes_by_creator ON join_codes (created_by);
CREATE INDEX join_codes_by_provider ON join_codes (provider_name, id) WHERE provider_name IS NOT NULL;
CREATE INDEX join_codes_by_end ON join_codes (expires_at);

-- Wrong codes that were typed lately, so that the budgets of guessing outlive a restart.
CREATE TABLE code_failures (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    -- An IPv4 address, or the /64 of an IPv6 one.
    network   TEXT    NOT NULL,
    failed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX code_failures_by_network ON code_failures (network, failed_at);
CREATE INDEX code_failures_by_time ON code_failures (failed_at);

-- RFC 8628: a device asks, a person approves it somewhere else.
CREATE TABLE device_codes (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    device_code_hash TEXT    NOT NULL UNIQUE,
    -- Eight consonants, as an HMAC with the code key.
    user_code_hmac   TEXT    NOT NULL UNIQUE,
    client_name      TEXT,
    ip               TEXT    NOT NULL,
    user_agent       TEXT,
    state            TEXT    NOT NULL CHECK (state IN ('pending', 'approved', 'denied', 'used')),
    -- Who approved or denied.
    user_id          INTEGER REFERENCES users (id) ON DELETE CASCADE,
    credential_epoch INTEGER,
    created_at       INTEGER NOT NULL,
    expires_at       INTEGER NOT NULL,
    interval_seconds INTEGER NOT NULL DEFAULT 5,
    polled_at        INTEGER
) STRICT;

CREATE INDEX device_codes_by_user ON device_codes (user_id);
CREATE INDEX device_codes_by_end ON device_codes (expires_at);

-- How a sign-in came about: what a guest's code opened stays narrower than what a password did.
ALTER TABLE sessions ADD COLUMN origin TEXT NOT NULL DEFAULT 'password'
    CHECK (origin IN ('password', 'device', 'join_code'));
ALTER TABLE sessions ADD COLUMN join_code_id INTEGER REFERENCES join_codes (id) ON DELETE SET NULL;
ALTER TABLE sessions ADD COLUMN provider_name TEXT;

CREATE INDEX sessions_by_join_code ON sessions (join_code_id) WHERE join_code_id IS NOT NULL;
CREATE INDEX sessions_by_provider ON sessions (provider_name) WHERE provider_name IS NOT NULL;
