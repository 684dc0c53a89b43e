package io.tributary.load.generator.sql;

/** One statement that increments a document's counter and puts the change into the outbox: as little as the design can do. */
final class IncrementStatement {

    private IncrementStatement() {}

    /** @param name an SQL expression that gives the document's name */
    static String of(String name) {
        return """
                with updated as (
                  update documents
                  set version = version + 1,
                      data = jsonb_set(data, '{n}', to_jsonb((data ->> 'n')::bigint + 1)),
                      updated_at = now()
                  where name = %s
                  returning name, version, data)
                insert into outbox (document, version, change)
                select name, version,
                       jsonb_build_object('document', name, 'version', version, 'time', now(), 'after', data)
                from updated""".formatted(name);
    }
}
