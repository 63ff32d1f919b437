-- The library: one row for each distinct content; the bytes lie in blobs/ under their SHA-256.

CREATE TABLE media (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256       TEXT    NOT NULL UNIQUE CHECK (length(sha256) = 64),
    filename     TEXT    NOT NULL,
    -- The file name in lower case: lists by name have no regard to case.
    name_key     TEXT    NOT NULL,
    title        TEXT,
    description  TEXT,
    kind         TEXT    NOT NULL CHECK (kind IN ('image', 'video', 'audio', 'document', 'other')),
    content_type TEXT    NOT NULL,
    size_bytes   INTEGER NOT NULL CHECK (size_bytes > 0),
    uploaded_at  INTEGER NOT NULL,
    -- Null while nobody had an account; the first person who uploads the same file becomes its uploader.
    uploader_id  INTEGER REFERENCES users (id),
    trashed_at   INTEGER,
    trashed_by   INTEGER REFERENCES users (id)
) STRICT;

-- One index for each order of a list, and for each filter in the order that people see first: a page then costs the
-- same whatever the size of the library.
CREATE INDEX media_by_time ON media (uploaded_at, id) WHERE trashed_at IS NULL;
CREATE INDEX media_by_name ON media (name_key, id) WHERE trashed_at IS NULL;
CREATE INDEX media_by_size ON media (size_bytes, id) WHERE trashed_at IS NULL;
CREATE INDEX media_by_kind ON media (kind, uploaded_at, id) WHERE trashed_at IS NULL;
CREATE INDEX media_by_uploader ON media (uploader_id, uploaded_at, id);
CREATE INDEX media_trash ON media (trashed_at, id) WHERE trashed_at IS NOT NULL;
CREATE INDEX media_by_trasher ON media (trashed_by) WHERE trashed_by IS NOT NULL;

CREATE TABLE media_tags (
    tag      TEXT    NOT NULL,
    media_id INTEGER NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    PRIMARY KEY (tag, media_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX media_tags_by_media ON media_tags (media_id);

-- Full text over what people write; rowid is the medium's id. Trashed media are taken out and put back.
CREATE VIRTUAL TABLE media_search USING fts5 (
    filename, title, description, tags,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
