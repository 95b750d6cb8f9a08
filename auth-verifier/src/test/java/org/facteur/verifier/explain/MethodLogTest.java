package org.facteur.verifier.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.facteur.mail.record.Explanation.Answer;
import org.facteur.mail.record.Explanation.Question;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.DnsAnswer;
import org.facteur.platform.dns.FakeDns;
import org.junit.jupiter.api.Test;

/** Every question with its answer, under the step that asks it. */
class MethodLogTest {
    private final AtomicLong nanos = new AtomicLong();
    private final MethodLog log = new MethodLog(nanos::get);

    @Test
    void eachKindOfAnswerIsTold() {
        Dns dns = log.dns(new FakeDns()
                .txt("example.org", "one", "two")
                .mx("example.org", 10, "mx.example.org")
                .address("mx.example.org", "2001:db8::1")
                .fail("broken.example.org"));
        log.step("the first");
        dns.txt("Example.org");
        dns.mx("example.org");
        log.step("the second");
        dns.a("mx.example.org");
        dns.aaaa("mx.example.org");
        dns.txt("nowhere.example.org");
        dns.txt("broken.example.org");
        assertThat(log.steps()).extracting(step -> step.text()).containsExactly("the first", "the second");
        assertThat(log.steps().get(0).questions())
                .containsExactly(
                        new Question("TXT", "example.org", Answer.FOUND, List.of("one", "two"), "", 300, 0, true),
                        new Question(
                                "MX", "example.org", Answer.FOUND, List.of("10 mx.example.org"), "", 300, 0, true));
        assertThat(log.steps().get(1).questions())
                .containsExactly(
                        new Question("A", "mx.example.org", Answer.NO_DATA, List.of(), "", 300, 0, true),
                        new Question("AAAA", "mx.example.org", Answer.FOUND, List.of("2001:db8::1"), "", 300, 0, true),
                        new Question("TXT", "nowhere.example.org", Answer.NX_DOMAIN, List.of(), "", 300, 0, true),
                        new Question(
                                "TXT",
                                "broken.example.org",
                                Answer.TEMPORARY_FAILURE,
                                List.of(),
                                "SERVFAIL",
                                0,
                                0,
                                true));
    }

    @Test
    void anAnswerThatTakesTimeIsNotFromTheCache() {
        Promise<DnsAnswer<String>> late = Promise.promise();
        Dns dns = log.dns(answering(late.future()));
        dns.txt("example.org");
        assertThat(only().answer()).isEqualTo(Answer.NO_ANSWER);
        nanos.set(2_500_000);
        late.complete(new DnsAnswer.TemporaryFailure<>("timeout"));
        assertThat(only())
                .isEqualTo(new Question(
                        "TXT", "example.org", Answer.TEMPORARY_FAILURE, List.of(), "timeout", 0, 2500, false));
    }

    @Test
    void aRepeatedQuestionIsToldOnce() {
        FakeDns source = new FakeDns().txt("example.org", "one");
        Dns dns = log.dns(source);
        dns.txt("example.org");
        dns.txt("example.org");
        dns.mx("example.org");
        assertThat(source.asked()).hasSize(3);
        assertThat(log.questions(name -> true)).extracting(Question::type).containsExactly("TXT", "MX");
        assertThat(log.questions(name -> name.startsWith("_dmarc."))).isEmpty();
    }

    @Test
    void hostileZonesAreCut() {
        FakeDns source = new FakeDns();
        Dns dns = log.dns(source);
        for (int i = 0; i < 300; i++) {
            source.txt(i + ".example.org", "x".repeat(60_000));
            dns.txt(i + ".example.org");
        }
        int octets = log.questions(name -> true).stream()
                .mapToInt(question -> question.records().get(0).length())
                .sum();
        assertThat(octets).isBetween(256 * 1024, 256 * 1024 + 300);
        assertThat(log.questions("0.example.org"::equals).get(0).records().get(0))
                .hasSize(2049)
                .endsWith("x…");
    }

    private Question only() {
        List<Question> questions = log.questions(name -> true);
        assertThat(questions).hasSize(1);
        return questions.get(0);
    }

    private static Dns answering(Future<?> answer) {
        return (Dns) Proxy.newProxyInstance(
                Dns.class.getClassLoader(), new Class<?>[] {Dns.class}, (proxy, method, args) -> answer);
    }
}
