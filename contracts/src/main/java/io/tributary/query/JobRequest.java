package io.tributary.query;

/** What a job was asked to do with the documents of a selection. */
public sealed interface JobRequest permits UpdateByQuery, SchemaCheck {

    /** Which documents. */
    Selection selection();
}
