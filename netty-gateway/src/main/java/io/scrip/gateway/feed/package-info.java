/**
 * {@code GET /api/v1/events}: the event log as lines of JSON, as long as the client wants to read on.
 *
 * <pre>
 *   pipeline ──► onEventsVisible(n)                       one volatile write
 *   event log ──► Feed (one per client) ──► EventJson ──► chunk ──► channel, while it is writable
 * </pre>
 */
package io.scrip.gateway.feed;
