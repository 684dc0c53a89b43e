-- When a document was deleted; null while it exists, so that the writes of an existing document change no index.
alter table documents add column deleted_at timestamptz;
update documents set deleted_at = committed_at where deleted;
create index documents_deleted on documents (deleted_at) where deleted_at is not null;
