#!/usr/bin/env node
/** Starts the command line: from the sources in a checkout, from what was compiled of them in the published package. */
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const inCheckout = existsSync(join(root, 'lib', 'cli', 'main.ts'));
if (inCheckout) {
  require('tsx/cjs');
}
const { main } = require(join(root, inCheckout ? 'lib' : 'build/lib', 'cli', 'main'));
main(process.argv.slice(2));
