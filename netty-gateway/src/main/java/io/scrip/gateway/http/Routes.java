package io.scrip.gateway.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The table of routes. Immutable after construction; any thread. */
final class Routes {
    private final List<Route> all;
    private final Map<String, List<Place>> exact = new HashMap<>();
    private final List<Place> withParameter = new ArrayList<>();

    /** A route and its number, by which metrics know it. */
    record Place(Route route, int index, List<String> segments) {}

    /** A route that fits, with the text in the parameter's place ({@code null}: none). */
    record Match(Place place, String parameter) {}

    Routes(List<Route> routes) {
        all = List.copyOf(routes);
        for (int i = 0; i < all.size(); i++) {
            Route route = all.get(i);
            Place place = new Place(route, i, route.segments());
            if (route.parameter() == null) {
                exact.computeIfAbsent(route.path(), path -> new ArrayList<>()).add(place);
            } else {
                withParameter.add(place);
            }
        }
    }

    List<Route> all() {
        return all;
    }

    /** The route for a method and a path, {@code null} when there is none. */
    Match find(String method, String path) {
        List<Place> places = exact.get(path);
        if (places != null) {
            for (Place place : places) {
                if (place.route().method().equals(method)) {
                    return new Match(place, null);
                }
            }
            return null;
        }
        List<String> segments = Route.split(path);
        for (Place place : withParameter) {
            if (place.route().method().equals(method) && fits(place, segments)) {
                return new Match(place, parameterIn(place, segments));
            }
        }
        return null;
    }

    /** The routes that {@link PlainRequest} may read: a POST with a key and a body, to a path without a parameter. */
    List<Place> plain() {
        List<Place> places = new ArrayList<>();
        for (Route route : all) {
            Match match =
                    route.method().equals("POST") && route.access() == Route.Access.KEY && route.maxBodyBytes() > 0
                            ? find(route.method(), route.path())
                            : null;
            if (match != null && match.parameter() == null) {
                places.add(match.place());
            }
        }
        return places;
    }

    /** The methods that a path knows, for {@code Allow}; empty when nothing is there. */
    String allowed(String path) {
        TreeSet<String> methods = new TreeSet<>();
        for (Place place : exact.getOrDefault(path, List.of())) {
            methods.add(place.route().method());
        }
        List<String> segments = Route.split(path);
        for (Place place : withParameter) {
            if (methods.isEmpty() && fits(place, segments)) {
                methods.add(place.route().method());
            }
        }
        return String.join(", ", methods);
    }

    private static boolean fits(Place place, List<String> segments) {
        List<String> wanted = place.segments();
        if (wanted.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (Route.isParameter(wanted.get(i)) ? segment.isEmpty() : !segment.equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String parameterIn(Place place, List<String> segments) {
        for (int i = 0; i < segments.size(); i++) {
            if (Route.isParameter(place.segments().get(i))) {
                return segments.get(i);
            }
        }
        return null;
    }
}
