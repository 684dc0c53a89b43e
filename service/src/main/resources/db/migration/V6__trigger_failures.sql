-- What triggers should have done and did not, for their users to see: the last ones of each trigger.
create table trigger_failures (
    failure  bigint generated always as identity primary key,
    database text collate "C" not null,
    name     text collate "C" not null,
    time     timestamptz      not null,
    document text             not null,
    version  bigint           not null,
    problem  text             not null,
    detail   text             not null
);

create index trigger_failures_by_trigger on trigger_failures (database, name, failure);
