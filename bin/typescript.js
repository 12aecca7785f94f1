/**
 * Lets Node run the TypeScript programs of this checkout, each as one bundle with everything that it imports.
 * - The bundle is kept in node_modules/.cache until a file that went into it changes.
 * - In a checkout that cannot be written to, the bundle is made at each start.
 */
require('./v8-settings');
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join, relative } = require('node:path');

const ROOT = join(__dirname, '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'cdk8s-spire');
/** Files that shape every bundle. npm rewrites the first one when it installs. */
const SETTINGS = ['node_modules/.package-lock.json', 'package.json', 'tsconfig.json', 'bin/bundle-options.js'];

// Node 20 has no compile cache.
Module.enableCompileCache?.(join(CACHE, 'compiled'));

Module._extensions['.ts'] = (module, file) => {
  const kept = join(CACHE, `${relative(ROOT, file).replace(/[^a-z\d]+/gi, '-')}.js`);
  module._compile(tryRead(kept) ?? makeBundle(file, kept), file);
};

/** @param {string} kept path of the bundle, whose first line lists what it was made of */
function tryRead(kept) {
  try {
    const text = readFileSync(kept, 'utf8');
    const stamps = Object.entries(JSON.parse(text.slice(2, text.indexOf('\n'))));
    return stamps.every(([path, stamp]) => stampOf(path) === stamp) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} file @param {string} kept */
function makeBundle(file, kept) {
  const started = Date.now();
  const options = { ...require('./bundle-options'), absWorkingDir: ROOT, metafile: true, write: false };
  const { outputFiles, metafile } = require('esbuild').buildSync({ ...options, entryPoints: [file] });
  const stamps = Object.fromEntries(
    [...SETTINGS, ...Object.keys(metafile.inputs)].map((path) => [path, stampOf(path)]),
  );
  const text = `//${JSON.stringify(stamps)}\n${outputFiles[0].text}`;
  try {
    // A file that was saved while esbuild read it: the next start makes the bundle again.
    if (Object.keys(stamps).some((path) => timeOf(path) >= started)) return text;
    mkdirSync(CACHE, { recursive: true });
    // Another run may read or write the bundle at the same time, so it is replaced as a whole.
    writeFileSync(`${kept}.${process.pid}`, text);
    renameSync(`${kept}.${process.pid}`, kept);
  } catch {}
  return text;
}

const statOf = (path) => statSync(join(ROOT, path), { throwIfNoEntry: false });
const timeOf = (path) => statOf(path)?.mtimeMs ?? 0;
const stampOf = (path) => `${statOf(path)?.size} ${timeOf(path)}`;
