-- Who owns a lane. Take-overs change a row; commits only lock it, so that it never has old versions to walk over.
create table lanes (
    lane  int primary key,
    epoch bigint not null default 0,
    owner text
);

-- One row for each commit of each lane: its key fences, the newest row is the lane's state, and the payload is the outbox.
create table turns (
    lane         int         not null,
    turn         bigint      not null,
    epoch        bigint      not null,
    sequence     bigint      not null,
    records      int         not null,
    next_offset  bigint      not null,
    committed_at timestamptz not null,
    commit_id    uuid        not null,
    payload      bytea,
    primary key (lane, turn)
);

-- "previous" is the version that "version" was computed on. A deleted document keeps its row, without data.
-- "number" is n of an id __id<n>__. No index may be on what a write changes: updates stay within their page.
create table documents (
    database     text collate "C" not null,
    collection   text collate "C" not null,
    id           text collate "C" not null,
    number       bigint,
    version      bigint           not null,
    previous     bigint           not null,
    data         jsonb,
    committed_at timestamptz      not null,
    created_at   timestamptz      not null,
    updated_at   timestamptz      not null,
    created_by   text,
    updated_by   text,
    deleted      boolean          not null default false,
    primary key (database, collection, id)
) with (fillfactor = 80);

create index documents_by_number on documents (database, collection, number) where number is not null;

-- Outcomes of writes whose callers gave an id. Hourly partitions, made ahead and dropped by the service. No default
-- partition: none could be detached while others write. The lane's lock makes keys unique, the table cannot.
create table idempotency (
    lane        int         not null,
    key         bytea       not null,
    fingerprint bytea       not null,
    outcome     bytea       not null,
    stored_at   timestamptz not null,
    primary key (lane, key, stored_at)
) partition by range (stored_at);
