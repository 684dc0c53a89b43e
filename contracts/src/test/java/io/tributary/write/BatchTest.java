package io.tributary.write;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.name.DocumentName;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final Write WRITE = Write.of(DocumentName.of("a/b"), new Action.Delete());

    @Test
    void refusesAWriteWithAnIdOfItsOwn() {
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.of("default", List.of(WRITE.withId("x"))));
    }

    @Test
    void refusesAWriteToAnotherDatabase() {
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.of("tenant", List.of(WRITE)));
    }

    @Test
    void refusesAReadOfAnotherDatabase() {
        var read = new Batch.Read(DocumentName.of("tenant", "a/b"), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batch.of("default", List.of(WRITE)).withReads(List.of(read)));
    }
}
