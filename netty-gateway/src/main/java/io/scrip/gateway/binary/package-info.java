/**
 * The binary door: SBE messages over TCP and over {@code /ws/commands}, many in flight on one connection. See
 * docs/binary.md.
 *
 * <pre>
 *   TcpFrames ─┐                          ┌─ CommandCheck: may this be sent, is it whole, whose is it
 *              ├─► Session.onFrame ───────┤
 *   WsFrames ──┘      │  ▲ resume         └─ offer ─► ring
 *                     │  │                              │
 *                     │  BinaryLoop ◄── ReplyQueue ◄────┘
 *                     ▼      └─ Answers: what the caller may see of it ─► Outbox ─► one flush
 *                 Request: what is in flight
 * </pre>
 */
package io.scrip.gateway.binary;
