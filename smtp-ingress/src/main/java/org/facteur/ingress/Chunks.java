package org.facteur.ingress;

/**
 * What BDAT has gathered.
 *
 * @param intake the octets
 * @param guard watches line ends on their way there
 */
public record Chunks(Intake intake, LineEndGuard guard) {
    static Chunks into(Intake intake) {
        return new Chunks(intake, new LineEndGuard(intake));
    }
}
