package io.tributary.service.embedded;

import io.tributary.service.digest.Sha256;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, unpacked from the archive that the class path has for this machine.
 *
 * @param directory holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path directory) {

    private static final int OWNER_EXECUTES = 0100;

    /** Unpacks the programs below {@code parent}, unless an earlier start has done so. */
    static PostgresBinaries under(Path parent) throws IOException {
        byte[] archive = archive();
        Path directory = parent.resolve("postgresql-" + fingerprint(archive));
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(parent);
            Path unfinished = Files.createTempDirectory(parent, "unpacking-");
            unpack(archive, unfinished);
            publish(unfinished, directory);
        }
        return new PostgresBinaries(directory);
    }

    /** The path of a program, {@code initdb} for example. */
    String program(String name) {
        return directory.resolve("bin").resolve(name).toString();
    }

    private static byte[] archive() throws IOException {
        String architecture = System.getProperty("os.arch");
        try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                system(), architecture.equals("amd64") ? "x86_64" : architecture)) {
            return in.readAllBytes();
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return "Windows";
        }
        return name.startsWith("mac") ? "Darwin" : "Linux";
    }

    private static String fingerprint(byte[] archive) {
        return HexFormat.of().formatHex(Sha256.of(archive), 0, 6);
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException(
                            "the archive of PostgreSQL names a path outside of itself: " + entry.getName());
                }
                Files.createDirectories(entry.isDirectory() ? path : path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    Files.copy(tar, path);
                    path.toFile().setExecutable((entry.getMode() & OWNER_EXECUTES) != 0);
                }
            }
        }
    }

    /** Lets a directory appear whole or not at all, whoever else unpacks at the same time. */
    private static void publish(Path unfinished, Path directory) throws IOException {
        try {
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FileSystemUtils.deleteRecursively(unfinished);
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }
}
