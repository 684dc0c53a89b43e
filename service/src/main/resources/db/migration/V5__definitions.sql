-- What users define beside documents: schemas of collections. A definition that was deleted keeps its row, without a body,
-- so that its versions go on.
create table definitions (
    kind       text collate "C" not null,
    database   text collate "C" not null,
    name       text collate "C" not null,
    version    bigint           not null,
    body       text,
    created_at timestamptz      not null default now(),
    updated_at timestamptz      not null default now(),
    primary key (kind, database, name)
);

-- Counts the changes of all definitions; each instance looks at it often. No sequence: what is seen here is committed.
create table definition_changes (
    only_row boolean primary key default true check (only_row),
    changes  bigint not null
);

insert into definition_changes (changes) values (0);
