package org.facteur.verifier.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.facteur.mail.dkim.BodyHash;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimKeyRecord;
import org.facteur.mail.dkim.DkimResult;
import org.facteur.mail.dkim.DkimSignature;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.dkim.TagSyntaxException;
import org.facteur.mail.record.Explanation.Method;
import org.facteur.mail.record.Explanation.Question;
import org.facteur.mail.record.Explanation.Step;

/** Tells of each signature: its tags, its key, the hash of the body that it claims and the one that the body has. */
final class DkimSection {
    private final RawHeader header;
    private final Map<BodyHasher.Form, BodyHash> hashes;
    private final MethodLog log;

    DkimSection(RawHeader header, Map<BodyHasher.Form, BodyHash> hashes, MethodLog log) {
        this.header = header;
        this.hashes = hashes;
        this.log = log;
    }

    List<Method> methods(List<DkimResult> results) {
        return results.isEmpty()
                ? List.of(new Method("dkim", "none", "", List.of(Step.of("there is no DKIM-Signature field"))))
                : results.stream().map(this::method).toList();
    }

    private Method method(DkimResult result) {
        List<Step> steps = new ArrayList<>();
        String subject = "";
        if (result.signature().isPresent()) {
            DkimSignature signature = result.signature().get();
            subject = "d=" + signature.domain() + " s=" + signature.selector();
            steps.add(Step.of(tags(signature)));
            steps.add(Step.of(fields(signature)));
            steps.add(key(signature));
            body(signature).ifPresent(steps::add);
        }
        steps.add(Step.of(
                result.reason().isEmpty()
                        ? "the signature matches the header"
                        : result.status().text() + ": " + result.reason()));
        return new Method("dkim", result.status().text(), subject, steps);
    }

    private static String tags(DkimSignature signature) {
        StringBuilder text = new StringBuilder("a=" + signature.algorithm());
        text.append(", c=")
                .append(signature.header().text())
                .append('/')
                .append(signature.body().text());
        text.append(", i=").append(signature.identity());
        signature.limit().ifPresent(limit -> text.append(", l=").append(limit));
        signature.signedAt().ifPresent(at -> text.append(", signed at ").append(at));
        signature.expiresAt().ifPresent(at -> text.append(", expires at ").append(at));
        return text.toString();
    }

    private String fields(DkimSignature signature) {
        String absent = new LinkedHashSet<>(signature.names())
                .stream().filter(name -> header.fields(name).isEmpty()).collect(Collectors.joining(", "));
        return "signed fields: " + String.join(", ", signature.names())
                + (absent.isEmpty() ? "" : "; not in the message: " + absent);
    }

    private Step key(DkimSignature signature) {
        List<Question> questions = log.questions(signature.keyName()::equalsIgnoreCase);
        return questions.isEmpty()
                ? Step.of("the key at " + signature.keyName() + " is not asked for")
                : new Step("the key at " + signature.keyName() + key(questions.get(0)), questions);
    }

    private static String key(Question question) {
        if (question.records().isEmpty()) {
            return "";
        }
        try {
            DkimKeyRecord key = DkimKeyRecord.parse(question.records().get(0));
            return (key.key().isEmpty() ? ": revoked" : ": " + key.keyType() + ", " + key.bits() + " bits")
                    + (key.testing() ? ", the domain is testing (t=y)" : "")
                    + (key.strict() ? ", no subdomains in i= (t=s)" : "");
        } catch (TagSyntaxException e) {
            return ": cannot be read: " + e.getMessage();
        }
    }

    private Optional<Step> body(DkimSignature signature) {
        BodyHash hash = hashes.get(signature.bodyForm());
        if (hash == null) {
            return Optional.empty();
        }
        Base64.Encoder base64 = Base64.getEncoder();
        String computed = base64.encodeToString(hash.sha256());
        String of =
                (hash.hashed() == hash.length() ? "" : hash.hashed() + " of ") + hash.length() + " canonical octets";
        return Optional.of(Step.of(
                Arrays.equals(hash.sha256(), signature.bodyHash())
                        ? "body hash " + computed + " of " + of + ", as signed"
                        : "body hash " + computed + " of " + of + ", but "
                                + base64.encodeToString(signature.bodyHash())
                                + " was signed: the body was changed on the way"));
    }
}
