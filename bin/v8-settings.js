/**
 * Has V8 spend less on what a run of some seconds does not pay back; loaded by whatever starts a program of this package.
 * What it does at 1,000 clusters is told in docs/scale.md.
 */
const { setFlagsFromString } = require('node:v8');

// The heap is collected when it has grown by a third over what is alive; V8 would let it grow to four times that.
setFlagsFromString('--heap-growing-percent=30');

// What is new has room at once: doubled again and again from a megabyte, it is collected most often while a program starts.
setFlagsFromString('--semi-space-growth-factor=8');

// V8 of Node 20 makes fast code of much that never pays for it; measured there, and of this name there alone.
if (Number.parseInt(process.versions.v8, 10) < 12) setFlagsFromString('--interrupt-budget=600000');
