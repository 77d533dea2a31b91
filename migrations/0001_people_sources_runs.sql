-- The first tables: people, the sources of evidence they gave, and runs with their stages, files
-- and events. Why so: every row has an owner from the first day; what is personal is `sealed`
-- (bytea behind one door, so that encryption is a change of that door and of no query); the
-- history of a run is a list of events and its row only their sum.

create table people (
    id uuid primary key,
    -- 'local' is the one person of an instance without accounts.
    kind text not null check (kind in ('local', 'account')),
    created_at timestamptz not null default now()
);
create unique index people_one_local on people (kind) where kind = 'local';

create table sources (
    id uuid primary key,
    owner_id uuid not null references people (id),
    kind text not null,
    content_hash text not null,
    name_sealed bytea not null,
    bytes_sealed bytea not null,
    fact_count bigint not null,
    created_at timestamptz not null default now(),
    removed_at timestamptz
);
-- The same bytes given twice are one source.
create unique index sources_content on sources (owner_id, content_hash, kind);

create table runs (
    id uuid primary key,
    owner_id uuid not null references people (id),
    -- Made by the form: the same form sent twice is one run.
    request_id uuid not null,
    state text not null check (state in ('working', 'done', 'failed', 'cancelled')),
    stage text not null check (stage in ('scrape', 'analyze', 'generate', 'verify', 'compile')),
    reason text,
    input_sealed bytea not null,
    title_sealed bytea,
    notices text[] not null default '{}',
    revision bigint not null default 0,
    -- Counts how often the run was begun or taken up again; part of a job's name.
    attempt integer not null default 1,
    created_at timestamptz not null default now(),
    deadline_at timestamptz not null,
    finished_at timestamptz,
    removed_at timestamptz,
    check ((state = 'failed') = (reason is not null))
);
create unique index runs_request on runs (owner_id, request_id);
create index runs_newest on runs (owner_id, created_at desc) where removed_at is null;

create table run_sources (
    run_id uuid not null references runs (id) on delete cascade,
    source_id uuid not null references sources (id),
    position integer not null,
    primary key (run_id, position)
);

create table run_stages (
    run_id uuid not null references runs (id) on delete cascade,
    stage text not null check (stage in ('scrape', 'analyze', 'generate', 'verify', 'compile')),
    -- Hash of everything the stage read: the same inputs give the same output.
    inputs_hash text not null,
    output_sealed bytea not null,
    found jsonb not null default '{}',
    elapsed_ms double precision not null,
    finished_at timestamptz not null default now(),
    primary key (run_id, stage)
);

create table run_files (
    run_id uuid not null references runs (id) on delete cascade,
    name text not null,
    media_type text not null,
    bytes_sealed bytea not null,
    primary key (run_id, name)
);

create table run_events (
    run_id uuid not null references runs (id) on delete cascade,
    revision bigint not null,
    kind text not null,
    stage text,
    detail jsonb not null default '{}',
    at timestamptz not null default clock_timestamp(),
    primary key (run_id, revision)
);
