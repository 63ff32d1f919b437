-- Who did what: a row stands if and only if the change stands, because both are written by one transaction.

CREATE TABLE audit (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    at          INTEGER NOT NULL,
    actor_id    INTEGER REFERENCES users (id),
    action      TEXT    NOT NULL,
    target_type TEXT,
    target_id   INTEGER,
    ip          TEXT,
    user_agent  TEXT,
    -- Repeated failures of one address on one account within an hour share a row.
    count       INTEGER NOT NULL DEFAULT 1,
    detail      TEXT
) STRICT;

CREATE INDEX audit_by_time ON audit (at, id);
CREATE INDEX audit_by_actor ON audit (actor_id, at, id);
CREATE INDEX audit_by_actor_action ON audit (actor_id, action, at, id);
CREATE INDEX audit_by_action ON audit (action, at, id);
