package io.tributary.kafka.embedded;

import io.tributary.kafka.OwnKafka;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process of its own with a broker, which writes one record, names its topic, and waits to be killed. */
final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String... arguments) throws InterruptedException {
        OwnKafka kafka = OwnKafka.start(Path.of(arguments[0]));
        String topic = kafka.topic(1);
        kafka.produce(topic, 0, "acknowledged");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println(topic);
        Thread.currentThread().join();
    }
}
