/**
 * Files of a ledger that are cut, flipped, lost and mixed up, and what the product's own opening makes of them. What a
 * file means is read here from {@code docs/journal-format.md}, not with the product's code.
 */
package io.scrip.tools.damage;
