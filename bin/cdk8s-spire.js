#!/usr/bin/env node
/** Starts the command line: from the sources in a checkout, from what was bundled of them in the published package. */
require('./v8-settings');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const sources = join(root, 'lib', 'cli', 'main.ts');
const inCheckout = existsSync(sources);
if (inCheckout) {
  require('./typescript');
}
const { main } = require(inCheckout ? sources : join(root, 'build', 'programs', 'cli', 'main'));
main(process.argv.slice(2));
