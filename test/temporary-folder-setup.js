/** Gives the whole run one temporary folder, so that nothing is left of it. */
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = () => {
  // Before the workers start, which inherit it.
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cdk8s-spire-tests-'));
};
