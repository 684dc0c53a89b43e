package io.tributary.kafka.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second broker out of a directory. Kafka locks its directories too, but only after its controller has written
 * to the metadata log, which does not survive two writers. The operating system gives the lock back when the process
 * ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {

    private final FileChannel file;

    private DirectoryLock(FileChannel file) {
        this.file = file;
    }

    /** @throws DirectoryInUseException when somebody has it, in this process or in another */
    static DirectoryLock of(Path directory) throws IOException {
        FileChannel file = FileChannel.open(
                directory.resolve("tributary.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(file)) {
            file.close();
            throw new DirectoryInUseException(directory);
        }
        return new DirectoryLock(file);
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
