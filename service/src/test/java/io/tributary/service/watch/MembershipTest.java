package io.tributary.service.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.watch.WatchEvent.Type;
import io.tributary.service.watch.feed.Match;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final long SEED = 20;

    @Test
    void tellsExactlyWhatIsNewWhereAllIsKnown() {
        Membership membership = new Membership(100, true);
        membership.shown("a");

        assertThat(membership.told("a", Match.YES)).isEqualTo(Type.CHANGE);
        assertThat(membership.told("a", Match.UNKNOWN)).isEqualTo(Type.CHANGE);
        assertThat(membership.told("a", Match.NO)).isEqualTo(Type.LEAVE);
        assertThat(membership.told("a", Match.NO)).isNull();
        assertThat(membership.told("b", Match.NO)).isNull();
        assertThat(membership.told("b", Match.UNKNOWN)).isNull();
        assertThat(membership.told("b", Match.YES)).isEqualTo(Type.ENTER);
    }

    @Test
    void keepsAReaderRightWhateverItHadAndHoweverLittleIsRemembered() {
        Random random = new Random(SEED);
        Membership membership = new Membership(5, false);
        Set<String> matching = new HashSet<>();
        Set<String> reader = new HashSet<>();
        for (int document = 0; document < 20; document += 2) {
            matching.add("d/" + document);
            reader.add("d/" + document);
        }
        for (int step = 0; step < 5_000; step++) {
            String document = "d/" + random.nextInt(20);
            boolean matches = random.nextBoolean();
            boolean had = matches ? !matching.add(document) : matching.remove(document);
            Type told = membership.told(document, matches ? Match.YES : Match.NO);
            if (told == Type.ENTER || told == Type.CHANGE) {
                reader.add(document);
            } else if (told == Type.LEAVE) {
                reader.remove(document);
            }

            assertThat(reader)
                    .as("after %s, which %s there", document, had ? "was" : "was not")
                    .isEqualTo(matching);
        }
    }
}
