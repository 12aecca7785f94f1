/**
 * Has V8 spend less on what a run of some seconds does not pay back; loaded by whatever starts a program of this package.
 * What it does at 1,000 clusters is told in docs/scale.md.
 */
const { setFlagsFromString } = require('node:v8');

// The heap is collected when it has grown by a third over what is alive; V8 would let it grow to four times that.
setFlagsFromString('--heap-growing-percent=30');

// What is new has room at once: doubled again and again from a megabyte, it is collected most often while a program starts.
setFlagsFromString('--semi-space-growth-factor=8');

// Threads that are started from here on have less of that room, so that each costs less memory; this one keeps its own.
setFlagsFromString('--max-semi-space-size=4');

// Before V8 had a compiler between its slowest code and its fastest, it made fast code of much that never paid for it.
if (Number.parseInt(process.versions.v8, 10) < 12) setFlagsFromString('--interrupt-budget=600000');
