package io.tributary.service.watch.feed;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.FilterJson;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.digest.Sha256;
import io.tributary.write.Filter;
import io.tributary.write.Subject.SystemField;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What somebody watches. */
public sealed interface Watched {

    /** What the store keeps beside a document and a change does not tell. */
    Set<SystemField> NOT_IN_CHANGES =
            Set.of(SystemField.CREATED_AT, SystemField.UPDATED_AT, SystemField.CREATED_BY, SystemField.UPDATED_BY);

    /** The one document. */
    record OfDocument(DocumentName name) implements Watched {

        @Override
        public boolean isFiltered() {
            return false;
        }

        @Override
        public byte[] digest() {
            return Sha256.of(("document\n" + name.database() + "\n" + name.path()).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The documents of a collection that match. */
    record OfCollection(CollectionName name, Filter where) implements Watched {

        /**
         * @throws ProblemException {@code bad-value} when the filter asks for what changes do not carry
         */
        public OfCollection {
            if (isAskedFor(where)) {
                throw new ProblemException(Problem.of(
                        ProblemType.BAD_VALUE,
                        "where: a watch cannot filter by @createdAt, @updatedAt, @createdBy or @updatedBy, which changes do"
                                + " not carry; @time, @version, @id and @document can be used"));
            }
        }

        private static boolean isAskedFor(Filter filter) {
            return switch (filter) {
                case Filter.And(var filters) -> filters.stream().anyMatch(OfCollection::isAskedFor);
                case Filter.Or(var filters) -> filters.stream().anyMatch(OfCollection::isAskedFor);
                case Filter.Not(var enclosed) -> isAskedFor(enclosed);
                case Filter.Is(var subject, var test) ->
                    subject instanceof SystemField field && NOT_IN_CHANGES.contains(field);
            };
        }

        @Override
        public boolean isFiltered() {
            return !where.equals(Filter.ALWAYS);
        }

        @Override
        public byte[] digest() {
            return Sha256.of(
                    ("collection\n" + name.database() + "\n" + name.path() + "\n").getBytes(StandardCharsets.UTF_8),
                    FilterJson.write(where));
        }
    }

    /** Whether documents can begin and cease to be watched. */
    boolean isFiltered();

    /** A hash that another watch has not. */
    byte[] digest();
}
