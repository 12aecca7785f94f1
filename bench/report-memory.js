/** Makes a Node program print its peak memory, in kilobytes, when it ends. */
const { writeSync } = require('node:fs');

process.on('exit', () => writeSync(2, `MAXRSS ${process.resourceUsage().maxRSS}\n`));
