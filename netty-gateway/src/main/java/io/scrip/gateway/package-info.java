/**
 * The HTTP and WebSocket gateway: requests in, commands to the ring, replies and events out as JSON.
 *
 * <pre>
 *   socket -> framing limits -> pipeline order -> route -> key -> JSON to SBE -> CommandPort
 *                                                                                    |
 *   socket &lt;- one flush per wake-up &lt;- JSON from SBE &lt;- reply queue of the loop &lt;- ReplySink
 * </pre>
 */
package io.scrip.gateway;
