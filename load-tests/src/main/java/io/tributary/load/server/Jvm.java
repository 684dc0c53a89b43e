package io.tributary.load.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The JVM of every server that needs one: the JDK of this process, the same flags for all.
 *
 * @param flags without class path and main class
 */
public record Jvm(List<String> flags) {

    public Jvm {
        flags = List.copyOf(flags);
    }

    /**
     * Starts a server.
     *
     * @param classPath as {@code java} takes it
     * @param environment set beside the variables of this process
     * @param log takes what it prints; its directory is there
     */
    public ServerProcess start(String classPath, String mainClass, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        Stream.of("-classpath", classPath, mainClass).forEach(command::add);
        return ServerProcess.start(command, environment, log);
    }

    /** Starts a server whose code is on the class path of this process. */
    public ServerProcess start(String mainClass, Map<String, String> environment, Path log) {
        return start(System.getProperty("java.class.path"), mainClass, environment, log);
    }
}
