/**
 * Proof for those who do not trust the server: every event is a leaf of a Merkle tree, roots are chained and signed,
 * and a receipt proves one transfer to anybody who has the public key, offline.
 *
 * <pre>
 *   events   | 1 2 3 … 700 | 701 … 1,724 | …          an interval ends with 1,024 events or after a moment's quiet
 *                  │              │
 *   root           R1 ──────────► R2 ──────► …        each interval's statement holds the hash of the one before
 *                  │              │
 *                Ed25519        Ed25519
 * </pre>
 *
 * <p>A leaf says who moved what to whom and when, and commits to the rest (both sides' balances, reference and
 * metadata, the numbers of a refusal) with salted hashes, so that a receipt opens its holder's own data and nobody
 * else's. The tree is that of RFC 6962: leaves and nodes are hashed under different first bytes.
 */
package io.scrip.proof;
