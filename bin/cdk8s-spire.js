#!/usr/bin/env node
/** Starts the command line: the compiled one of the published package, else the sources of a checkout. */
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const compiled = join(__dirname, '..', 'build', 'lib', 'cli', 'main.js');
if (!existsSync(compiled)) {
  require('tsx/cjs');
}
const { main } = require(existsSync(compiled) ? compiled : '../lib/cli/main');
main(process.argv.slice(2));
