package org.facteur.backends;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What {@link NeedsDocker} asks. */
final class DockerCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return DockerEngine.absence()
                .map(reason -> ConditionEvaluationResult.disabled("needs Docker: " + reason))
                .orElseGet(() -> ConditionEvaluationResult.enabled("a Docker engine answers"));
    }
}
