-- What files tell about themselves, uploads that go on after a break, and requests to delete what somebody else added.

ALTER TABLE media ADD COLUMN width INTEGER CHECK (width > 0);
ALTER TABLE media ADD COLUMN height INTEGER CHECK (height > 0);
ALTER TABLE media ADD COLUMN duration_ms INTEGER CHECK (duration_ms >= 0);
ALTER TABLE media ADD COLUMN taken_at INTEGER;
-- Its place in the timeline: when it was taken, or uploaded where that is not known.
ALTER TABLE media ADD COLUMN timeline_at INTEGER NOT NULL DEFAULT 0;
UPDATE media SET timeline_at = uploaded_at;
-- Files are read in the background. An attempt is counted before it begins, so that a file which brings the process down
-- is given up after a few starts.
ALTER TABLE media ADD COLUMN extraction TEXT NOT NULL DEFAULT 'pending' CHECK (extraction IN ('pending', 'done', 'failed'));
UPDATE media SET extraction = 'done' WHERE kind NOT IN ('image', 'video', 'audio');
ALTER TABLE media ADD COLUMN extraction_attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN has_thumbnail INTEGER NOT NULL DEFAULT 0 CHECK (has_thumbnail IN (0, 1));

CREATE INDEX media_by_timeline ON media (timeline_at, id, uploaded_at) WHERE trashed_at IS NULL;
CREATE INDEX media_by_kind_timeline ON media (kind, timeline_at, id, uploaded_at) WHERE trashed_at IS NULL;
CREATE INDEX media_by_uploader_timeline ON media (uploader_id, timeline_at, id, uploaded_at) WHERE trashed_at IS NULL;
CREATE INDEX media_to_extract ON media (id) WHERE extraction = 'pending';
-- What may get a thumbnail once a program for it is installed.
CREATE INDEX media_without_thumbnail ON media (content_type)
    WHERE extraction = 'done' AND has_thumbnail = 0 AND kind IN ('image', 'video');

-- As the other orders: each tag carries a copy to be listed by. This one changes once, when the file was read.
ALTER TABLE media_tags ADD COLUMN timeline_at INTEGER NOT NULL DEFAULT 0;
UPDATE media_tags SET timeline_at = uploaded_at;
CREATE INDEX media_tags_by_timeline ON media_tags (tag_key, timeline_at, media_id, uploaded_at);

CREATE TABLE deletion_requests (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    media_id     INTEGER NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    reason       TEXT,
    status       TEXT    NOT NULL CHECK (status IN ('pending', 'approved', 'rejected')),
    -- Null: the local owner.
    requested_by INTEGER REFERENCES users (id),
    created_at   INTEGER NOT NULL,
    decided_at   INTEGER,
    decided_by   INTEGER REFERENCES users (id)
) STRICT;

CREATE UNIQUE INDEX deletion_requests_pending ON deletion_requests (media_id) WHERE status = 'pending';
CREATE INDEX deletion_requests_by_media ON deletion_requests (media_id);
CREATE INDEX deletion_requests_by_status ON deletion_requests (status, id);
CREATE INDEX deletion_requests_by_requester ON deletion_requests (requested_by);
CREATE INDEX deletion_requests_by_decision ON deletion_requests (decided_at) WHERE decided_at IS NOT NULL;
CREATE INDEX deletion_requests_by_decider ON deletion_requests (decided_by);

-- An upload that comes in pieces (tus). How much of it is there, its file tells; when it is whole, it becomes a medium by the
-- way of all uploads, and its row stays until it expires, for a client that lost the answer.
CREATE TABLE uploads (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Null: the local owner.
    owner_id     INTEGER REFERENCES users (id) ON DELETE CASCADE,
    filename     TEXT    NOT NULL,
    -- What the client sent about it (Upload-Metadata), given back as it came.
    metadata     TEXT    NOT NULL,
    length_bytes INTEGER NOT NULL CHECK (length_bytes >= 0),
    media_id     INTEGER REFERENCES media (id) ON DELETE SET NULL,
    -- Set when it ended, as a medium or refused; nothing can be added then.
    finished_at  INTEGER,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX uploads_by_owner ON uploads (owner_id);
CREATE INDEX uploads_by_media ON uploads (media_id);
CREATE INDEX uploads_by_expiry ON uploads (expires_at);
