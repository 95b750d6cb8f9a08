package org.facteur.verifier.spf;

import java.util.function.Supplier;

/** Is told what a check does, one line per step, in order; the questions that a step asks DNS come after it. */
@FunctionalInterface
public interface SpfTrace {
    /** Nobody listens; lines are not even made. */
    SpfTrace NONE = line -> {};

    /** The next step. */
    void step(Supplier<String> line);
}
