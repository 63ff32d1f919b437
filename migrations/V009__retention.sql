-- What the daily clean-up finds old rows by, so that it never reads the rows that stay.

-- An invite is over when it was used, or else when it expires.
CREATE INDEX invites_by_end ON invites (coalesce(used_at, expires_at));
CREATE INDEX join_requests_by_decision ON join_requests (decided_at) WHERE decided_at IS NOT NULL;
