-- A packed payload mostly fits beside its turn. Elsewhere it would be cut into pieces of two kilobytes with an index of their
-- own, which live for seconds and are vacuumed much later.
alter table turns set (toast_tuple_target = 8160);
