package io.tributary.load.gatling;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is tested, and how hard.
 *
 * @param baseUrl where the service listens
 * @param rate requests that come in a second, whether earlier ones are answered or not
 * @param duration how long they come
 * @param collection holds the test's documents; those of an earlier run begin anew
 * @param documents how many there are beside the hot one
 */
record Installation(String baseUrl, double rate, Duration duration, String collection, int documents) {

    /** Reads the system properties that are named like the components; the duration is in seconds. */
    static Installation ofSystemProperties() {
        return new Installation(
                property("baseUrl"),
                Double.parseDouble(property("rate")),
                Duration.ofSeconds(Long.parseLong(property("duration"))),
                property("collection"),
                Integer.parseInt(property("documents")));
    }

    String document(int index) {
        return "/v1/documents/" + collection + "/d" + index;
    }

    /** Any document but the hot one, each as likely as any other. */
    String anyDocument() {
        return document(ThreadLocalRandom.current().nextInt(documents));
    }

    String hotDocument() {
        return "/v1/documents/" + collection + "/hot";
    }

    private static String property(String name) {
        return requireNonNull(System.getProperty(name), name);
    }
}
