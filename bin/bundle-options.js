/** How esbuild makes one file of a program: for the published package, and at the first start in a checkout. */
module.exports = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
};
