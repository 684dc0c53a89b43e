create table documents (
    name text primary key,
    version bigint not null default 1,
    data jsonb not null,
    updated_at timestamptz not null default now()
) with (fillfactor = 80);

create table outbox (
    id bigint generated always as identity primary key,
    document text not null,
    version bigint not null,
    change jsonb not null,
    created_at timestamptz not null default now()
);
