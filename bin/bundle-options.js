/** How esbuild makes one file of a program: for the published package, and at the first start in a checkout. */
module.exports = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
  // A third of what the command line would read at each start, and used by a single command.
  external: ['@viz-js/viz'],
  // What runs a bundle knows no `import()`; what is external is required.
  supported: { 'dynamic-import': false },
};
