package io.tributary.json;

import io.tributary.name.DocumentName;

/**
 * How much a reader accepts. Sizes are bytes of UTF-8.
 *
 * @param requestBytes a whole request or record
 * @param documentBytes the compact JSON of one document
 * @param nesting maps and arrays inside one another, the document itself counted
 * @param nameBytes the name of a document that is written, without its database
 * @param pathBytes the dotted form of a field path, or a JSON Pointer
 * @param filterConditions the tests in a filter
 * @param filterDepth the connectives and element matches inside one another in a filter
 * @param listElements a list in a filter, the steps of an update, the operations of a JSON Patch, the keys of an order
 * @param batchWrites the writes of a batch; the documents that it read; those of one read
 * @param expressions which expressions may stand in {@code compute}
 */
public record Limits(
        int requestBytes,
        int documentBytes,
        int nesting,
        int nameBytes,
        int pathBytes,
        int filterConditions,
        int filterDepth,
        int listElements,
        int batchWrites,
        ExpressionRule expressions) {

    /** What the interface promises unless configured otherwise. */
    public static final Limits DEFAULT =
            new Limits(10 << 20, 1 << 20, 20, DocumentName.MAX_BYTES, 1_500, 100, 10, 1_000, 500, ExpressionRule.ALL);

    /** For what the service wrote itself: bounded only so that no text can exhaust the stack. */
    static final Limits TRUSTED = new Limits(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            500,
            DocumentName.MAX_BYTES,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            100,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            ExpressionRule.ALL);

    /** @throws IllegalArgumentException when a limit is not positive */
    public Limits {
        if (requestBytes < 1
                || documentBytes < 1
                || nesting < 1
                || nameBytes < 1
                || pathBytes < 1
                || filterConditions < 1
                || filterDepth < 1
                || listElements < 1
                || batchWrites < 1) {
            throw new IllegalArgumentException("a limit is at least 1");
        }
    }

    public Limits withRequestBytes(int requestBytes) {
        return new Limits(
                requestBytes,
                documentBytes,
                nesting,
                nameBytes,
                pathBytes,
                filterConditions,
                filterDepth,
                listElements,
                batchWrites,
                expressions);
    }

    public Limits withDocumentBytes(int documentBytes) {
        return new Limits(
                requestBytes,
                documentBytes,
                nesting,
                nameBytes,
                pathBytes,
                filterConditions,
                filterDepth,
                listElements,
                batchWrites,
                expressions);
    }

    public Limits withNesting(int nesting) {
        return new Limits(
                requestBytes,
                documentBytes,
                nesting,
                nameBytes,
                pathBytes,
                filterConditions,
                filterDepth,
                listElements,
                batchWrites,
                expressions);
    }

    public Limits withNameBytes(int nameBytes) {
        return new Limits(
                requestBytes,
                documentBytes,
                nesting,
                nameBytes,
                pathBytes,
                filterConditions,
                filterDepth,
                listElements,
                batchWrites,
                expressions);
    }

    public Limits withPathBytes(int pathBytes) {
        return new Limits(
                requestBytes,
                documentBytes,
                nesting,
                nameBytes,
                pathBytes,
                filterConditions,
                filterDepth,
                listElements,
                batchWrites,
                expressions);
    }

    public Limits withFilterConditions(int filterConditions) {
        return new Limits(
                requestBytes,
                documentBytes,
                nesting,
                nameBytes,
                pathBytes,
                filterConditions,
                filterDepth,
                listElements,
                batchWrites,
                expressions);
    }

    public Limits withFilterDepth(int filterDepth) {
        return new Limits(
                requestBytes,
                documentBytes,
                nesting,
                nameBytes,
                pathBytes,
                filterConditions,
                filterDepth,
                listElements,
                batchWrites,
                expressions);
    }

    public Limits withListElements(int listElements) {
        return new Limits(
                requestBytes,
                documentBytes,
                nesting,
                nameBytes,
                pathBytes,
                filterConditions,
                filterDepth,
                listElements,
                batchWrites,
                expressions);
    }

    public Limits withBatchWrites(int batchWrites) {
        return new Limits(
                requestBytes,
                documentBytes,
                nesting,
                nameBytes,
                pathBytes,
                filterConditions,
                filterDepth,
                listElements,
                batchWrites,
                expressions);
    }

    /**
     * The name, when it is short enough.
     *
     * @throws IllegalArgumentException when it is longer than {@link #nameBytes}
     */
    public DocumentName admit(DocumentName name) {
        if (name.bytes() > nameBytes) {
            throw new IllegalArgumentException("a name is longer than " + nameBytes + " bytes of UTF-8");
        }
        return name;
    }

    public Limits withExpressions(ExpressionRule expressions) {
        return new Limits(
                requestBytes,
                documentBytes,
                nesting,
                nameBytes,
                pathBytes,
                filterConditions,
                filterDepth,
                listElements,
                batchWrites,
                expressions);
    }
}
