package io.tributary.service.acceptance.fault;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Instances of the service on the same servers, and who calls them. */
final class Cluster implements AutoCloseable {

    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(1);

    private final List<ServiceProcess> instances = new ArrayList<>();
    private final List<Http> callers = new ArrayList<>();
    private final List<Http> impatientCallers = new ArrayList<>();

    private Cluster() {}

    /** Starts so many instances at the same time and waits until they are ready. */
    static Cluster start(ExternalServers servers, String name, int instances) {
        Cluster cluster = new Cluster();
        for (int number = 1; number <= instances; number++) {
            ServiceProcess instance = servers.service(name + "-" + number)
                    .withHeap("256m")
                    .with("TRIBUTARY_INSTANCE", name + "-" + number);
            cluster.instances.add(instance.launch());
            cluster.callers.add(instance.http());
            cluster.impatientCallers.add(instance.http(SHORT_PATIENCE));
        }
        cluster.awaitReady();
        return cluster;
    }

    /** Waits until all instances are ready. */
    void awaitReady() {
        instances.forEach(ServiceProcess::awaitReady);
    }

    /** The instances in turn: any number names one. */
    ServiceProcess instance(int number) {
        return instances.get(number % instances.size());
    }

    /** A caller of {@link #instance}. */
    Http http(int number) {
        return callers.get(number % callers.size());
    }

    /** A caller who soon tries elsewhere. */
    Http impatient(int number) {
        return impatientCallers.get(number % impatientCallers.size());
    }

    int size() {
        return instances.size();
    }

    @Override
    public void close() {
        callers.forEach(Http::close);
        impatientCallers.forEach(Http::close);
        instances.forEach(ServiceProcess::close);
    }
}
