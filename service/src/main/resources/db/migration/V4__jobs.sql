-- Updates by query that are done while nobody waits. "pending" are the ids that are written next, all of them, before
-- anything else is: what a crash interrupts is known. "until" is the last id that there was at the beginning.
create table jobs (
    id           bigint generated always as identity primary key,
    database     text collate "C" not null,
    key          text collate "C",
    fingerprint  text             not null,
    request      text             not null,
    brief        boolean          not null,
    state        text             not null default 'running',
    problem      text,
    matched      bigint           not null default 0,
    modified     bigint           not null default 0,
    unchanged    bigint           not null default 0,
    skipped      bigint           not null default 0,
    failed       bigint           not null default 0,
    scanned      bigint           not null default 0,
    after        text collate "C",
    until        text collate "C",
    pending      text[]           not null,
    pending_at   timestamptz      not null,
    created_at   timestamptz      not null default now(),
    ended_at     timestamptz,
    settled      boolean          not null default false,
    owner        uuid,
    leased_until timestamptz
);

create unique index jobs_by_key on jobs (database, key) where key is not null;
create index jobs_by_database on jobs (database, id);
create index jobs_unsettled on jobs (id) where not settled;
create index jobs_ended on jobs (ended_at) where settled;

-- What became of the first documents of a job, and of the first that failed.
create table job_results (
    job     bigint  not null references jobs on delete cascade,
    ordinal bigint  not null,
    failed  boolean not null,
    result  text    not null,
    primary key (job, ordinal)
);
