package org.facteur.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facteur.admin.AdminFixture.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the REST API does not take, and how it says so. */
class RefusalsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static AdminFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = new AdminFixture();
        assertThat(fixture.put("/api/domains/here.test", "").status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void onlyForBearersOfTheToken() {
        for (String token : List.of("", "wrong")) {
            Answer answer = fixture.send("GET", "/api/domains", "", token);
            problem(answer, 401);
            assertThat(answer.challenge()).startsWith("Bearer");
        }
        problem(fixture.send("PUT", "/api/domains/sneaky.test", "", ""), 401);
        assertThat(fixture.get("/api/domains/sneaky.test").status()).isEqualTo(404);
        assertThat(fixture.send("GET", "/api/openapi.json", "", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/domains/x%00.test | '' | 422",
                "/api/domains/nodot | '' | 422",
                "/api/domains/-x.test | '' | 422",
                "/api/domains/a..test | '' | 422",
                "/api/domains/a%20b.test | '' | 422",
                "/api/accounts/nobody | {\"password\":\"long enough\"} | 422",
                "/api/accounts/*@here.test | {\"password\":\"long enough\"} | 422",
                "/api/accounts/a+b@here.test | {\"password\":\"long enough\"} | 422",
                "/api/accounts/a..b@here.test | {\"password\":\"long enough\"} | 422",
                "/api/accounts/x@elsewhere.test | {\"password\":\"long enough\"} | 409",
                "/api/accounts/x@here.test | {\"password\":\"short\"} | 422",
                "/api/accounts/x@here.test | {} | 422",
                "/api/accounts/x@here.test | {\"password\":\"long enough\",\"quota\":-1} | 422",
                "/api/accounts/x@here.test | {\"password\":\"long enough\",\"quota\":\"many\"} | 400",
                "/api/accounts/x@here.test | {\"password\":\"long enough\",\"admin\":true} | 400",
                "/api/accounts/x@here.test | {\"password\":\"long enough\",\"displayName\":\"a\\u0000b\"} | 422",
                "/api/accounts/x@here.test | [] | 400",
                "/api/accounts/x@here.test | '' | 400",
                "/api/accounts/x@here.test | {not json | 400",
                "/api/aliases/x@here.test | {\"targets\":[]} | 422",
                "/api/aliases/x@here.test | {\"targets\":null} | 422",
                "/api/aliases/x@here.test | {\"targets\":[null]} | 422",
                "/api/aliases/x@here.test | {\"targets\":[\"nobody\"]} | 422",
                "/api/aliases/x@here.test | {\"targets\":[\"x@here.test\"]} | 422",
                "/api/aliases/x@elsewhere.test | {\"targets\":[\"a@there.test\"]} | 409"
            })
    void refuses(String path, String body, int status) {
        problem(fixture.put(path, body), status);
    }

    @Test
    void refusesWhatIsNotThere() {
        problem(fixture.get("/api/nothing"), 404);
        problem(fixture.post("/api/domains/here.test"), 405);
        problem(fixture.put("/api/accounts/x@here.test", "{\"password\":\"" + "x".repeat(2 << 20) + "\"}"), 413);
    }

    /** Nothing in the document is without a route: a route that is missing gives 404 without a resource, or 405. */
    @Test
    void everyPathOfTheDocumentAnswers() {
        JsonNode document = fixture.get("/api/openapi.json").body();
        List<String> asked = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    String url =
                            path.getKey().replace("{domain}", "absent.test").replaceAll("\\{[a-z]+}", "absent");
                    Answer answer = fixture.send(method.toUpperCase(Locale.ROOT), url, "", "a secret of the test");
                    asked.add(method + " " + path.getKey());
                    assertThat(answer.status())
                            .as("%s %s", method, url)
                            .isNotEqualTo(405)
                            .isLessThan(500);
                    assertThat(answer.body().path("detail").asText()).doesNotContain("see /api/openapi.json");
                    assertThat(path.getValue().path(method).path("responses").has(Integer.toString(answer.status())))
                            .as("%s of %s %s is in the document", answer.status(), method, path.getKey())
                            .isTrue();
                }));
        assertThat(asked).contains("get /api/dead", "get /api/domains/{domain}/dns");
        fixture.delete("/api/domains/absent.test");
    }

    private static void problem(Answer answer, int status) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body().path("title").asText()).isNotEmpty();
        assertThat(answer.body().path("detail").asText()).isNotEmpty();
    }
}
