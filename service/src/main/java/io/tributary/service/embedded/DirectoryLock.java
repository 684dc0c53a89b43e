package io.tributary.service.embedded;

import io.tributary.service.start.RefusedStartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a directory for one process. The operating system frees it when the process dies, however it dies. */
final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws RefusedStartException when another service, in this process or another, has the directory */
    static DirectoryLock of(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw inUse(directory);
        }
        return new DirectoryLock(channel);
    }

    static RefusedStartException inUse(Path directory) {
        return new RefusedStartException(
                directory + " is in use by another running service",
                "Stop that one, or give this one a tributary.data-dir of its own.");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
