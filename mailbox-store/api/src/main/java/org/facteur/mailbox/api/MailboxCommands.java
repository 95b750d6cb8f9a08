package org.facteur.mailbox.api;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.MessageId;
import org.facteur.mail.record.ReplyAddress;
import org.facteur.mail.record.Topic;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Replies;

/**
 * Sends commands to the mailbox store and waits for their results. After a silence a command is sent once more under its id,
 * which the store recognizes; after another the future fails, and what was asked for may still happen.
 */
public final class MailboxCommands {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 2;

    private final RecordProducer producer;
    private final Replies replies;
    private final Clock clock;

    /** Over a durable producer and the replies of {@link Topic#REPLIES}. */
    public MailboxCommands(RecordProducer producer, Replies replies, Clock clock) {
        this.producer = producer;
        this.replies = replies;
        this.clock = clock;
    }

    /** Runs one command; fails where Kafka or the store does not answer. */
    public Future<CommandResult> run(String account, MailboxCommand command) {
        return attempt(MessageId.next(clock).value(), account, command, 1);
    }

    private Future<CommandResult> attempt(String id, String account, MailboxCommand command, int attempt) {
        ReplyAddress address = replies.address();
        Future<byte[]> reply = replies.expect(address, PATIENCE);
        CommandRequest request = new CommandRequest(CommandRequest.VERSION, id, address.text(), account, command);
        return producer.send(new ProducerRecord<>(Topic.COMMANDS.topicName(), account, Json.bytes(request)))
                .compose(sent -> reply)
                .map(bytes -> Json.read(bytes, CommandResult.class))
                .recover(cause -> cause instanceof TimeoutException && attempt < ATTEMPTS
                        ? attempt(id, account, command, attempt + 1)
                        : Future.failedFuture(cause));
    }
}
