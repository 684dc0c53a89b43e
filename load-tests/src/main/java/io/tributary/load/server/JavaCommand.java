package io.tributary.load.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a server.
 *
 * @param classPath as {@code java} takes it
 * @param heap the most heap that it may take, as {@code -Xmx} has it
 * @param environment set beside the variables of this process
 */
public record JavaCommand(String classPath, String mainClass, String heap, Map<String, String> environment) {

    List<String> line() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-classpath",
                classPath,
                mainClass);
    }
}
