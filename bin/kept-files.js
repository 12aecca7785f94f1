/** Keeps files that can be lost but not mistaken: what is read back is of the same key, and whole. */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { threadId } = require('node:worker_threads');

/** @typedef {{ readonly content: Buffer, readonly digest: string }} Kept */

/**
 * Undefined where it is not there, was made of something else, or is damaged.
 * @param {string} kept
 * @param {string} key
 * @returns {Kept | undefined}
 */
function tryRead(kept, key) {
  try {
    const bytes = readFileSync(kept);
    const content = bytes.subarray(bytes.indexOf('\n') + 1);
    const digest = digestOf(content);
    return bytes.subarray(0, bytes.length - content.length).equals(headOf(key, digest))
      ? { content, digest }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What cannot be kept is made again at the next start.
 * @param {string} kept
 * @param {string} key
 * @param {Buffer} content
 */
function keep(kept, key, content) {
  // A synthesis removes what a process left that was killed here, by this ending.
  const partial = `${kept}.${threadId}.partial-${process.pid}`;
  try {
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(partial, Buffer.concat([headOf(key, digestOf(content)), content]));
    renameSync(partial, kept);
  } catch {}
}

/**
 * @param {string} key
 * @param {string} digest
 */
function headOf(key, digest) {
  return Buffer.from(`// ${key} ${digest}\n`);
}

/** @param {Buffer} content */
function digestOf(content) {
  return createHash('sha256').update(content).digest('hex');
}

module.exports = { digestOf, keep, tryRead };
