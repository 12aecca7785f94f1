/** Makes V8 of Node 20 start programs of this package faster; loaded by whatever starts one. docs/scale.md has the measurement. */
const { setFlagsFromString } = require('node:v8');

// That V8 compiles much to optimized code that a run of a few seconds does not pay back. Later versions of V8 gain nothing.
if (Number.parseInt(process.versions.v8, 10) < 12) setFlagsFromString('--interrupt-budget=600000');
