-- SPDX-License-Identifier: Apache-2.0
-- The journal, version 1. Statements are separated by blank lines: the program runs them one by one.
-- "run" and "event" are the record; "head" is derived from them and may be written again.

CREATE TABLE run (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE event (
    run INTEGER NOT NULL REFERENCES run (number),
    seq INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (run, seq)
) STRICT;

CREATE INDEX event_approvals ON event (run) WHERE type = 'runbook.approved';

CREATE TABLE head (
    run INTEGER PRIMARY KEY REFERENCES run (number),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    summary TEXT NOT NULL
) STRICT;

CREATE TRIGGER run_never_changes BEFORE UPDATE ON run
BEGIN
    SELECT RAISE(ABORT, 'runs are never changed');
END;

CREATE TRIGGER run_never_goes BEFORE DELETE ON run
BEGIN
    SELECT RAISE(ABORT, 'runs are never removed');
END;

CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;

CREATE TRIGGER event_never_goes BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are never removed');
END;

CREATE TRIGGER event_has_no_gap BEFORE INSERT ON event
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE run = NEW.run)
BEGIN
    SELECT RAISE(ABORT, 'events are numbered without gaps');
END;

PRAGMA application_id = 1381190194;

PRAGMA user_version = 1;
