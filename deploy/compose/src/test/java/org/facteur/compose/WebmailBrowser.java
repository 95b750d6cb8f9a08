package org.facteur.compose;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A person at webmail, in a real browser: logs in, finds a message, reads it, answers it and finds the answer in Sent.
 * Screenshots of each step are kept; one named {@code webmail-failed} shows the page where a step did not succeed.
 */
final class WebmailBrowser {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private static final By ROWS = By.cssSelector("#messagelist tbody tr.message");
    private static final By CHECK_MAIL = By.cssSelector("a.toolbar-button.refresh");
    private static final By MESSAGES = By.id("messagelist");

    private final URI webmail;
    private final Path screenshots;

    /** For the platform whose console is at the address, such as {@code https://127.0.0.1:8443}. */
    WebmailBrowser(URI base, Path screenshots) {
        webmail = base.resolve("/webmail/");
        this.screenshots = screenshots;
    }

    /**
     * Answers the newest message with this subject and returns what webmail showed of it before: the text of its body.
     * Blocks; fails with Selenium's {@code TimeoutException}, which names what did not appear.
     */
    String answer(String account, String password, String subject, String text) {
        try (Chromium chromium = new Chromium(screenshots)) {
            Visit visit = new Visit(chromium);
            try {
                visit.logIn(webmail, account, password);
                visit.open(subject);
                String body = visit.read(subject);
                visit.reply(subject, text);
                visit.findInSent("Re: " + subject, text);
                visit.logOut();
                return body;
            } catch (RuntimeException e) {
                chromium.screenshot("webmail-failed");
                throw e;
            }
        }
    }

    /** One session of one person. */
    private static final class Visit {
        private final Chromium chromium;

        Visit(Chromium chromium) {
            this.chromium = chromium;
        }

        void logIn(URI webmail, String account, String password) {
            chromium.driver().get(webmail.toString());
            visible(By.id("rcmloginuser")).sendKeys(account);
            visible(By.id("rcmloginpwd")).sendKeys(password);
            click(By.id("rcmloginsubmit"));
            visible(MESSAGES);
        }

        void open(String subject) {
            until("a message " + subject, row(subject));
            chromium.screenshot("webmail-list");
            until("a message " + subject, driver -> {
                new Actions(driver).doubleClick(row(subject).apply(driver)).perform();
                return true;
            });
        }

        String read(String subject) {
            until(
                    "the opened message",
                    ExpectedConditions.textToBePresentInElementLocated(
                            By.cssSelector("#message-header .subject"), subject));
            String body = visible(By.id("messagebody")).getText();
            chromium.screenshot("webmail-message");
            return body;
        }

        void reply(String subject, String text) {
            click(By.cssSelector("a.reply:not(.disabled)"));
            until(
                    "the answer's subject",
                    ExpectedConditions.attributeToBe(By.id("compose-subject"), "value", "Re: " + subject));
            visible(By.id("composebody")).sendKeys("\n" + text + "\n");
            chromium.screenshot("webmail-reply");
            click(By.cssSelector("button.send"));
            visible(MESSAGES); // webmail goes back to the list when the server has taken the answer, and only then
        }

        void findInSent(String subject, String text) {
            click(By.cssSelector("#mailboxlist a[rel='Sent']"));
            visible(By.cssSelector("#mailboxlist li.sent.selected"));
            until("a message " + subject, row(subject)).click();
            until("the preview", ExpectedConditions.frameToBeAvailableAndSwitchToIt(By.id("messagecontframe")));
            until("the answer's text", ExpectedConditions.textToBePresentInElementLocated(By.id("messagebody"), text));
            chromium.driver().switchTo().defaultContent();
            chromium.screenshot("webmail-sent");
        }

        void logOut() {
            click(By.cssSelector("#taskmenu a.logout"));
            visible(By.id("rcmloginuser"));
        }

        /** The newest row with this subject; while there is none, webmail is asked to look for new mail. */
        private ExpectedCondition<WebElement> row(String subject) {
            return driver -> {
                List<WebElement> rows = driver.findElements(ROWS);
                for (WebElement row : rows) {
                    WebElement link = row.findElement(By.cssSelector("td.subject span.subject a"));
                    if (link.getText().equals(subject)) {
                        return link;
                    }
                }
                driver.findElements(CHECK_MAIL).stream()
                        .filter(WebElement::isDisplayed)
                        .forEach(WebElement::click);
                return null;
            };
        }

        private WebElement visible(By element) {
            return until("" + element, ExpectedConditions.visibilityOfElementLocated(element));
        }

        /**
         * Of a button that the page holds twice, for wide and for narrow windows, the one that is seen. Before all of the
         * page is there its commands do nothing.
         */
        private void click(By button) {
            until("a button " + button, driver -> {
                if (!"complete".equals(chromium.driver().executeScript("return document.readyState"))) {
                    return false;
                }
                Optional<WebElement> seen = driver.findElements(button).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst();
                seen.ifPresent(WebElement::click);
                return seen.isPresent();
            });
        }

        /** Looks again and again; a page that changes under the look, or covers what is clicked on, gets another one. */
        private <T> T until(String what, ExpectedCondition<T> condition) {
            return new WebDriverWait(chromium.driver(), PATIENCE, BETWEEN_LOOKS)
                    .ignoreAll(List.of(StaleElementReferenceException.class, ElementClickInterceptedException.class))
                    .withMessage(what)
                    .until(condition);
        }
    }
}
