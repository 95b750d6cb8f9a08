package org.facteur.imap.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.facteur.imap.store.Mailbox;
import org.facteur.imap.syntax.ListPattern;

/** The mailboxes of an account by name, with those names in between that are no mailbox; decides what LIST tells. */
final class MailboxTree {
    private final TreeMap<String, Optional<Mailbox>> names = new TreeMap<>();
    private final Set<String> subscribed;

    /** From all mailboxes and all subscriptions, of which some may have no mailbox. */
    MailboxTree(List<Mailbox> mailboxes, List<String> subscriptions) {
        subscribed = new HashSet<>(subscriptions);
        subscriptions.forEach(name -> names.put(name, Optional.empty()));
        mailboxes.forEach(mailbox -> names.put(mailbox.name(), Optional.of(mailbox)));
        for (String name : List.copyOf(names.keySet())) {
            for (int at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
                names.putIfAbsent(name.substring(0, at), Optional.empty());
            }
        }
    }

    /**
     * A line of LIST.
     *
     * @param subscribedBelow whether RECURSIVEMATCH found a subscription below it (RFC 9051 section 6.3.9.6)
     */
    record Entry(
            String name, Optional<Mailbox> mailbox, boolean subscribed, boolean hasChildren, boolean subscribedBelow) {
        /** Its attributes (RFC 9051 section 7.3.1). */
        List<String> attributes(boolean tellSubscribed, boolean tellSpecialUse) {
            List<String> attributes = new ArrayList<>();
            if (mailbox.isEmpty()) {
                attributes.add(hasChildren ? "\\Noselect" : "\\NonExistent");
            }
            attributes.add(hasChildren ? "\\HasChildren" : "\\HasNoChildren");
            if (tellSubscribed && subscribed) {
                attributes.add("\\Subscribed");
            }
            if (tellSpecialUse) {
                mailbox.flatMap(Mailbox::specialUse).ifPresent(attributes::add);
            }
            return attributes;
        }
    }

    /** The lines for some patterns, by name, INBOX first. */
    List<Entry> select(List<ListPattern> patterns, boolean onlySubscribed, boolean onlySpecialUse, boolean recursive) {
        List<Entry> entries = new ArrayList<>();
        names.forEach((name, mailbox) -> {
            if (patterns.stream().noneMatch(pattern -> pattern.matches(name))) {
                return;
            }
            boolean isSubscribed = subscribed.contains(name);
            boolean below = recursive && onlySubscribed && subscribedBelow(name);
            boolean chosen = onlySubscribed ? isSubscribed || below : mailbox.isPresent() || hasMailboxBelow(name);
            if (chosen
                    && (!onlySpecialUse || mailbox.flatMap(Mailbox::specialUse).isPresent())) {
                Entry entry = new Entry(name, mailbox, isSubscribed, hasMailboxBelow(name), below);
                entries.add(name.equals("INBOX") ? 0 : entries.size(), entry);
            }
        });
        return entries;
    }

    /** Whether a name that is not told itself hides a subscription below it: {@code %} of LSUB (RFC 3501 section 6.3.9). */
    boolean subscribedBelow(String name) {
        return below(name).keySet().stream().anyMatch(subscribed::contains);
    }

    private boolean hasMailboxBelow(String name) {
        return below(name).values().stream().anyMatch(Optional::isPresent);
    }

    private SortedMap<String, Optional<Mailbox>> below(String name) {
        return names.subMap(name + "/", name + "0");
    }
}
