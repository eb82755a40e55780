package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import io.scrip.gateway.json.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Health, metrics, and the pages that describe the API. Nothing here goes through the ring. */
final class PlainEndpoints {
    private static final int OK = 200;
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
    private static final String OWN_PAGE = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

    private PlainEndpoints() {}

    /** {@code GET /healthz}: the process lives. */
    static final class Health implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            exchange.loop
                    .responses()
                    .begin()
                    .beginObject()
                    .name("status")
                    .string("ok")
                    .endObject();
            exchange.loop.responses().send(exchange, OK);
        }
    }

    /** {@code GET /readyz}: recovered, and taking commands. */
    static final class Readiness implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Services services = exchange.loop.services();
            Responses responses = exchange.loop.responses();
            String cause = services.port().refusalCause();
            if (services.engine().isReady()
                    && cause == null
                    && services.scales().size() > 0) {
                responses.begin().beginObject().name("status").string("ready").endObject();
                responses.send(exchange, OK);
                return;
            }
            String detail = cause == null ? "The server is starting." : "The server takes no commands: " + cause + ".";
            responses.beginProblem(exchange, ProblemKind.NOT_READY, detail).endObject();
            responses.header("Retry-After", "1").send(exchange, ProblemKind.NOT_READY.status());
        }
    }

    /** {@code GET /metrics}: Prometheus text. */
    static final class Metrics implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            ByteBuf text = Unpooled.buffer(16 << 10);
            try (ByteBufOutputStream out = new ByteBufOutputStream(text)) {
                exchange.loop.metrics().writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            exchange.loop.responses().sendPage(exchange, OK, "text/plain; version=0.0.4; charset=utf-8", NOTHING, text);
        }
    }

    /** A file that was read at start. */
    static final class Page implements Endpoint {
        private final String type;
        private final ByteBuf content;

        private Page(String type, ByteBuf content) {
            this.type = type;
            this.content = content;
        }

        /** A page from a resource of this module, or of a library on the class path. */
        static Page of(String resource, String type) {
            return new Page(type, Unpooled.unreleasableBuffer(load(resource)));
        }

        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            exchange.loop.responses().sendPage(exchange, OK, type, OWN_PAGE, content);
        }
    }

    /** Files by name, as the path's parameter. */
    static final class Pages implements Endpoint {
        private final Map<String, Page> pages;

        Pages(Map<String, Page> pages) {
            this.pages = Map.copyOf(pages);
        }

        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Page page = pages.get(exchange.parameter);
            if (page == null) {
                exchange.loop
                        .responses()
                        .problem(exchange, ProblemKind.NOT_FOUND, "There is nothing at this path.", null);
            } else {
                page.handle(exchange, body, length);
            }
        }
    }

    private static ByteBuf load(String resource) {
        try (InputStream in = PlainEndpoints.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + resource);
            }
            return Unpooled.wrappedBuffer(in.readAllBytes()).asReadOnly();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
