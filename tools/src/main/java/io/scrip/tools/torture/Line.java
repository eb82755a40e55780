package io.scrip.tools.torture;

/**
 * A line of the fault catalogue.
 *
 * @param id              its name in the catalogue of {@code docs/reliability.md}, such as {@code T3}
 * @param title           what is done, in a few words
 * @param ciInjuries      how often in the short tier
 * @param releaseInjuries how often in the long tier
 * @param secondsEach     about how long one takes on two cores, to say how long all will take
 * @param mustFind        whether it breaks a promise on purpose, so that violations must be found
 */
record Line(String id, String title, int ciInjuries, int releaseInjuries, double secondsEach, boolean mustFind) {

    Line(String id, String title, int ciInjuries, int releaseInjuries, double secondsEach) {
        this(id, title, ciInjuries, releaseInjuries, secondsEach, false);
    }

    /** A control belongs to the line it controls. */
    String controlled() {
        return id.split(" ", 2)[0];
    }
}
