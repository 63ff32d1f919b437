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

-- One index for each order of a list, for all media, for one kind and for one uploader: a page then costs the same
-- whatever the size of the library. Where the order is not by time, the time is in the index all the same, so that
-- bounds on it are checked without reading the rows.
CREATE INDEX media_by_time ON media (uploaded_at, id) WHERE trashed_at IS NULL;
CREATE INDEX media_by_name ON media (name_key, id, uploaded_at) WHERE trashed_at IS NULL;
CREATE INDEX media_by_size ON media (size_bytes, id, uploaded_at) WHERE trashed_at IS NULL;
CREATE INDEX media_by_kind_time ON media (kind, uploaded_at, id) WHERE trashed_at IS NULL;
CREATE INDEX media_by_kind_name ON media (kind, name_key, id, uploaded_at) WHERE trashed_at IS NULL;
CREATE INDEX media_by_kind_size ON media (kind, size_bytes, id, uploaded_at) WHERE trashed_at IS NULL;
-- This one holds the trash too: foreign keys need it.
CREATE INDEX media_by_uploader_time ON media (uploader_id, uploaded_at, id);
CREATE INDEX media_by_uploader_name ON media (uploader_id, name_key, id, uploaded_at) WHERE trashed_at IS NULL;
CREATE INDEX media_by_uploader_size ON media (uploader_id, size_bytes, id, uploaded_at) WHERE trashed_at IS NULL;
CREATE INDEX media_trash ON media (trashed_at, id) WHERE trashed_at IS NOT NULL;
CREATE INDEX media_trash_by_uploader ON media (uploader_id, trashed_at, id) WHERE trashed_at IS NOT NULL;
CREATE INDEX media_by_trasher ON media (trashed_by) WHERE trashed_by IS NOT NULL;

-- What a list is ordered by never changes for a medium, so each tag carries a copy to be listed by.
CREATE TABLE media_tags (
    media_id    INTEGER NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    tag         TEXT    NOT NULL,
    -- The tag in lower case: tags are the same without regard to case.
    tag_key     TEXT    NOT NULL,
    uploaded_at INTEGER NOT NULL,
    name_key    TEXT    NOT NULL,
    size_bytes  INTEGER NOT NULL,
    PRIMARY KEY (media_id, tag_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX media_tags_by_time ON media_tags (tag_key, uploaded_at, media_id);
CREATE INDEX media_tags_by_name ON media_tags (tag_key, name_key, media_id, uploaded_at);
CREATE INDEX media_tags_by_size ON media_tags (tag_key, size_bytes, media_id, uploaded_at);

-- Full text over what people write; rowid is the medium's id. Trashed media are taken out and put back. Words are
-- indexed by their beginnings too, because the last word of a search may be one.
CREATE VIRTUAL TABLE media_search USING fts5 (
    filename, title, description, tags,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6 7 8'
);
