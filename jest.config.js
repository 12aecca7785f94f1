/** Tests are TypeScript, stripped of types by swc; `npm run check` checks the types. */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/test/temporary-folder-setup.js',
  globalTeardown: '<rootDir>/test/temporary-folder-teardown.js',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: { '^cdk8s-spire$': '<rootDir>/lib' },
  // The property tests synthesize many fleets, also where other programs are busy.
  testTimeout: 180000,
};
