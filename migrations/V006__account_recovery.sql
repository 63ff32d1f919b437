-- What keeps an account alive and safe: one-time links, second factors, delays after wrong passwords, known addresses.

-- A person who was removed leaves an empty row behind, which their uploads and the audit log refer to.
ALTER TABLE users ADD COLUMN deleted_at INTEGER;
-- Counts up whenever the access tokens of a person end while the sign-ins behind them live on: at a change of role.
ALTER TABLE users ADD COLUMN access_epoch INTEGER NOT NULL DEFAULT 0;

CREATE INDEX users_by_membership_end ON users (membership_ends_at) WHERE membership_ends_at IS NOT NULL;

-- Links that reset a password, set the first one of a new account, or verify an e-mail address.
CREATE TABLE one_time_links (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose    TEXT    NOT NULL CHECK (purpose IN ('reset', 'verification')),
    token_hash TEXT    NOT NULL UNIQUE,
    -- The address in lower case that the link went to and nowhere else; using it verifies that address.
    email_key  TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- Wrong second-factor codes so far.
    failures   INTEGER NOT NULL DEFAULT 0,
    used_at    INTEGER
) STRICT;

CREATE INDEX one_time_links_by_user ON one_time_links (user_id, purpose);
CREATE INDEX one_time_links_by_end ON one_time_links (expires_at);

-- The shared secret of an authenticator app (RFC 6238); it counts from the moment it is confirmed.
CREATE TABLE second_factors (
    user_id       INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- Encrypted with the key file.
    sealed_secret TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    confirmed_at  INTEGER,
    -- The last time step whose code was accepted: no code of it or of an earlier one is accepted again.
    last_step     INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What opens an account once each when the app is lost; stored as an HMAC with the code key.
CREATE TABLE backup_codes (
    user_id   INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    code_hmac TEXT    NOT NULL,
    used_at   INTEGER,
    PRIMARY KEY (user_id, code_hmac)
) STRICT, WITHOUT ROWID;

-- Wrong passwords and codes in a row, by account, so that guessing gets slower and slower. Names that belong to nobody
-- are counted just the same (as an HMAC with the code key), so that a delay tells nothing.
CREATE TABLE sign_in_failures (
    -- user:7, join_request:3 or name:9f86d0…
    account         TEXT    NOT NULL PRIMARY KEY,
    failures        INTEGER NOT NULL,
    last_failure_at INTEGER NOT NULL,
    delayed_until   INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX sign_in_failures_by_time ON sign_in_failures (last_failure_at);

-- Where a person has signed in from: no delay there, and a mail when a new one comes up.
CREATE TABLE known_addresses (
    user_id          INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- An IPv4 address, or the /64 of an IPv6 one.
    network          TEXT    NOT NULL,
    first_sign_in_at INTEGER NOT NULL,
    last_sign_in_at  INTEGER NOT NULL,
    PRIMARY KEY (user_id, network)
) STRICT, WITHOUT ROWID;

CREATE INDEX known_addresses_by_time ON known_addresses (last_sign_in_at);
