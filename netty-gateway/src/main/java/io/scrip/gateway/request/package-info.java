/**
 * Requests: JSON in, SBE commands out. One class per kind of body, each with its table of fields; what is malformed
 * becomes a {@link io.scrip.gateway.request.RequestFault} that names the field and never reaches the ring.
 */
package io.scrip.gateway.request;
