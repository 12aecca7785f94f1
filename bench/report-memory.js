/** Has a Node program tell its peak memory when it ends; its threads are part of it. */
const { writeSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  // In kilobytes.
  process.on('exit', () => writeSync(2, `MAXRSS ${process.resourceUsage().maxRSS}\n`));
}
