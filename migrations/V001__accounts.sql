-- People, and the two ways in: an admin makes the first account by setup, everyone else comes by invite and approval.

CREATE TABLE users (
    id                       INTEGER PRIMARY KEY AUTOINCREMENT,
    username                 TEXT    NOT NULL UNIQUE,
    display_name             TEXT    NOT NULL,
    -- The name without regard to case, for whoever looks for it.
    display_name_key         TEXT,
    email                    TEXT,
    -- The address in lower case: addresses are unique without regard to case.
    email_key                TEXT UNIQUE,
    email_verified           INTEGER NOT NULL DEFAULT 0 CHECK (email_verified IN (0, 1)),
    phone                    TEXT,
    job_title                TEXT,
    timezone                 TEXT,
    role                     TEXT    NOT NULL CHECK (role IN ('guest', 'member', 'manager', 'admin')),
    active                   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    password_hash            TEXT,
    password_change_required INTEGER NOT NULL DEFAULT 0 CHECK (password_change_required IN (0, 1)),
    -- Counts up whenever all of a person's credentials end; a credential carries the number it was made under.
    credential_epoch         INTEGER NOT NULL DEFAULT 0,
    quota_bytes              INTEGER CHECK (quota_bytes >= 0),
    -- Kept in step by the transaction of each upload and purge, so that a quota is one conditional UPDATE.
    used_bytes               INTEGER NOT NULL DEFAULT 0 CHECK (used_bytes >= 0),
    membership_ends_at       INTEGER,
    created_at               INTEGER NOT NULL,
    last_login_at            INTEGER
) STRICT;

CREATE INDEX users_by_role ON users (role);

CREATE TABLE invites (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash      TEXT    NOT NULL UNIQUE,
    role            TEXT    NOT NULL CHECK (role IN ('guest', 'member', 'manager', 'admin')),
    email           TEXT,
    auto_approve    INTEGER NOT NULL CHECK (auto_approve IN (0, 1)),
    membership_days INTEGER CHECK (membership_days > 0),
    quota_bytes     INTEGER CHECK (quota_bytes >= 0),
    note            TEXT,
    created_by      INTEGER NOT NULL REFERENCES users (id),
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    used_at         INTEGER
) STRICT;

CREATE INDEX invites_by_creator ON invites (created_by);

CREATE TABLE join_requests (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    username        TEXT    NOT NULL,
    display_name    TEXT    NOT NULL,
    email           TEXT,
    email_key       TEXT,
    password_hash   TEXT,
    -- What the invite granted, copied, because the invite may be deleted while the request waits.
    role            TEXT    NOT NULL CHECK (role IN ('guest', 'member', 'manager', 'admin')),
    membership_days INTEGER,
    quota_bytes     INTEGER,
    status          TEXT    NOT NULL CHECK (status IN ('pending', 'approved', 'rejected')),
    invite_id       INTEGER REFERENCES invites (id) ON DELETE SET NULL,
    created_at      INTEGER NOT NULL,
    decided_at      INTEGER,
    decided_by      INTEGER REFERENCES users (id)
) STRICT;

-- A name is taken while its request waits, and free again after a rejection.
CREATE UNIQUE INDEX join_requests_pending_username ON join_requests (username) WHERE status = 'pending';
CREATE UNIQUE INDEX join_requests_pending_email ON join_requests (email_key) WHERE status = 'pending';
CREATE INDEX join_requests_by_status ON join_requests (status, id);
CREATE INDEX join_requests_by_invite ON join_requests (invite_id);
CREATE INDEX join_requests_by_decider ON join_requests (decided_by);
