package io.scrip.tools.torture;

/** A line of the catalogue that other commands see to. */
final class InTests implements Campaign {
    private final Line line;
    private final String where;

    InTests(String id, String title, String where) {
        line = new Line(id, title, 0, 0, 0);
        this.where = where;
    }

    @Override
    public Line line() {
        return line;
    }

    @Override
    public String missing() {
        return where;
    }

    @Override
    public void run(Bench bench, int injuries) {
        throw new IllegalStateException(line.id() + " is not run here");
    }
}
