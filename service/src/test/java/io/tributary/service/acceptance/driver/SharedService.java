package io.tributary.service.acceptance.driver;

import io.tributary.servers.Containers;
import io.tributary.service.embedded.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Gives tests a {@link ServiceProcess} that runs, the same to all of them; it ends after the last. A test may restart it,
 * and uses documents that no other does. Its servers are in containers where these are in use, but for who asks for
 * {@link Embedded} ones.
 */
public final class SharedService implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedService.class);

    /** Marks the parameter of a test that is about the embedded servers. */
    @Target(ElementType.PARAMETER)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Embedded {}

    /** The service with the directory that is deleted after it. */
    private record Shared(ServiceProcess service) implements AutoCloseable {

        static Shared start(boolean embedded) {
            try {
                Path data = Files.createTempDirectory("tributary-acceptance");
                return embedded
                        ? new Shared(new ServiceProcess("shared", data).start())
                        : new Shared(new ServiceProcess("shared-in-containers", data)
                                .with(
                                        PostgresServer.freshDatabase(),
                                        Containers.kafka().orElseThrow().getBootstrapServers())
                                .start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            service.close();
            FileSystemUtils.deleteRecursively(service.data());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ServiceProcess.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean embedded = parameter.isAnnotated(Embedded.class)
                || Containers.postgres().isEmpty()
                || Containers.kafka().isEmpty();
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(embedded, key -> Shared.start(embedded), Shared.class)
                .service();
    }
}
