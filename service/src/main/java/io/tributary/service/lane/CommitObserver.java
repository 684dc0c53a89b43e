package io.tributary.service.lane;

import java.time.Duration;

/** Is told how committing goes, for metrics; on the thread of the committer, must not block. */
public interface CommitObserver {

    /** Hears nothing. */
    CommitObserver NONE = new CommitObserver() {
        @Override
        public void waited(int lane, Duration inQueue) {}

        @Override
        public void committed(int committer, int lanes, int writes, int documents, Duration taken) {}

        @Override
        public void rejected(String slug) {}

        @Override
        public void failed(int committer, String kind) {}
    };

    /** An entry left its lane's queue. */
    void waited(int lane, Duration inQueue);

    /**
     * A batch was committed.
     *
     * @param lanes how many lanes took part
     * @param writes how many entries it had
     * @param documents how many rows of documents they came to
     * @param taken from the statement's start to its commit
     */
    void committed(int committer, int lanes, int writes, int documents, Duration taken);

    /** A write was refused by the state of its document, or a record was no valid write; {@code slug} names the problem. */
    void rejected(String slug);

    /**
     * A statement failed.
     *
     * @param kind the {@link io.tributary.service.store.StoreException.Kind}, in lower case
     */
    void failed(int committer, String kind);
}
