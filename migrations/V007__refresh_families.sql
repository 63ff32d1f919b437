-- Sign-ins of API clients: a family of refresh tokens shares the table, and so the ids, of the sessions.

-- Of a family, token_hash is the token that is good now, and predecessor_hash the one that it replaced at rotated_at.
ALTER TABLE sessions ADD COLUMN kind TEXT NOT NULL DEFAULT 'session' CHECK (kind IN ('session', 'refresh'));
ALTER TABLE sessions ADD COLUMN predecessor_hash TEXT;
ALTER TABLE sessions ADD COLUMN rotated_at INTEGER;

CREATE UNIQUE INDEX sessions_by_predecessor ON sessions (predecessor_hash) WHERE predecessor_hash IS NOT NULL;

-- Tokens of a family that were replaced: whoever shows one again has stolen it, or was stolen from.
CREATE TABLE spent_refresh_tokens (
    token_hash TEXT    NOT NULL PRIMARY KEY,
    family_id  INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    spent_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX spent_refresh_tokens_by_family ON spent_refresh_tokens (family_id);

-- A sign-in whose password was right and whose second factor is still to come: it opens nothing else.
CREATE TABLE sign_in_challenges (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id          INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash       TEXT    NOT NULL UNIQUE,
    credential_epoch INTEGER NOT NULL,
    device_name      TEXT,
    created_at       INTEGER NOT NULL,
    expires_at       INTEGER NOT NULL,
    failures         INTEGER NOT NULL DEFAULT 0,
    used_at          INTEGER
) STRICT;

CREATE INDEX sign_in_challenges_by_user ON sign_in_challenges (user_id);
CREATE INDEX sign_in_challenges_by_end ON sign_in_challenges (expires_at);
