#!/usr/bin/env node
/**
 * Is the cdk8s CLI without what it says about every synthesis: the list of files at the end, and that a failed app failed.
 * So the last lines are those of the app: its summary, or its problems.
 */
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');

const HIDDEN = [
  /^Synthesizing application$/,
  /^ {2}- .*\.yaml$/,
  /^ERROR: synthesis failed, app expected to create /,
  /^Error: command ".*" at .* returned a non-zero exit code /s,
];

/** @param {unknown} said */
function isHidden(said) {
  return typeof said === 'string' && HIDDEN.some((pattern) => pattern.test(said));
}

for (const name of /** @type {const} */ (['log', 'error'])) {
  // biome-ignore lint/suspicious/noConsole: the CLI has no other way to say something
  const print = console[name];
  console[name] = (/** @type {unknown[]} */ ...said) => {
    if (!isHidden(said[0])) print(...said);
  };
}

// That of the project it runs in, which need not be installed beside this file.
const cli = createRequire(join(process.cwd(), 'package.json')).resolve('cdk8s-cli/package.json');
require(join(dirname(cli), 'bin', 'cdk8s'));
