/**
 * The HTTP server: strict framing, order on each connection, routes, and one answer for every request.
 *
 * <pre>
 *   RequestDecoder --> HttpConnection --> Endpoint --> CommandPort          one event loop,
 *                            ^                |                             one Loop object
 *                            |                v
 *                     Responses &lt;-- Endpoint.onReply &lt;-- Loop (reply queue) &lt;-- pipeline's thread
 * </pre>
 *
 * <p>Everything here runs on the event loop of its connection, but for {@link io.scrip.gateway.http.Loop}'s two methods
 * of {@link io.scrip.engine.ReplySink}, which copy and wake.
 */
package io.scrip.gateway.http;
