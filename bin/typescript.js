/**
 * Lets Node run the TypeScript files of this checkout: each as one bundle with all that it imports, packages included but for Graphviz.
 * - Loading one file, compiled before, takes a fifth of the time of loading its several hundred parts.
 * - It is kept in node_modules/.cache until anything that it was made of changes: sources, packages, Node.
 */
require('./v8-settings');
const { createHash } = require('node:crypto');
const { readdirSync, readFileSync, statSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, relative, sep } = require('node:path');
const { Script } = require('node:vm');
const { digestOf, keep, tryRead } = require('./kept-files');

const ROOT = join(__dirname, '..');
/** A bundle that holds anything beside the code in these folders, packages and its first file is not kept. */
const SOURCES = ['bin', 'imports', 'lib'];
/** Wherever the folder of the packages is linked to. */
const PACKAGE = /(^|\/)node_modules\//;
const COVERED = new RegExp(`^(${SOURCES.join('|')})/.*\\.[cm]?[jt]sx?$`);
/** What npm last installed, and how TypeScript is understood. */
const SETTINGS = [join('node_modules', '.package-lock.json'), 'package.json', 'tsconfig.json'];

Module._extensions['.ts'] = (module, file) => {
  const kept = join(ROOT, 'node_modules', '.cache', 'cdk8s-spire', relative(ROOT, file).replace(/[^a-z\d]+/gi, '-'));
  const { content: text, digest } = bundleOf(file, `${kept}.js`);
  // V8 itself compares no more than the length of what it compiled, and tells the name of the file that it was.
  const compiledFrom = digestOf(Buffer.from(`${kept}\0${digest}`));
  const cachedData = tryRead(`${kept}.code`, compiledFrom)?.content;
  // In the file a line with its key goes before.
  const script = new Script(Module.wrap(text.toString()), { filename: `${kept}.js`, lineOffset: 1, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) {
    // Then the functions that this run needed are compiled.
    process.once('exit', () => keep(`${kept}.code`, compiledFrom, script.createCachedData()));
  }
  script.runInThisContext()(module.exports, Module.createRequire(file), module, file, dirname(file));
};

/**
 * @param {string} file
 * @param {string} kept
 * @returns {import('./kept-files').Kept}
 */
function bundleOf(file, kept) {
  const key = tryKeyOf(file);
  const known = key === undefined ? undefined : tryRead(kept, key);
  return known !== undefined && areAsTheyWere(tryRead(`${kept}.packages`, known.digest))
    ? known
    : makeBundle(file, kept, key);
}

/**
 * Whether the files of packages are those that went into a bundle: a patch, or an edit while debugging, leaves npm's note as it is.
 * @param {import('./kept-files').Kept | undefined} packages
 */
function areAsTheyWere(packages) {
  if (packages === undefined) return false;
  /** @type {readonly (readonly [path: string, stamp: string])[]} */
  const stamped = JSON.parse(packages.content.toString());
  return stamped.every(([path, stamp]) => stampOf(path) === stamp);
}

/** @param {string} path below the checkout, or from its root */
function stampOf(path) {
  const stat = statSync(join(ROOT, path), { throwIfNoEntry: false });
  return `${stat?.size} ${stat?.mtimeMs}`;
}

/**
 * @param {string} file
 * @param {string} kept
 * @param {string | undefined} key of what is there before anything is read
 * @returns {import('./kept-files').Kept}
 */
function makeBundle(file, kept, key) {
  const { outputFiles, metafile } = require('esbuild').buildSync({
    ...require('./bundle-options'),
    absWorkingDir: ROOT,
    entryPoints: [file],
    metafile: true,
    write: false,
  });
  const content = Buffer.from(outputFiles[0].contents);
  const digest = digestOf(content);
  const entry = relative(ROOT, file);
  const inputs = Object.keys(metafile.inputs);
  const isCovered = inputs.every((input) => input === entry || PACKAGE.test(input) || COVERED.test(input));
  // Somebody may have saved a file while it was read.
  if (key !== undefined && isCovered && key === tryKeyOf(file)) {
    const packages = inputs.filter((input) => PACKAGE.test(input)).map((path) => [path, stampOf(path)]);
    keep(`${kept}.packages`, digest, Buffer.from(JSON.stringify(packages)));
    keep(kept, key, content);
  }
  return { content, digest };
}

/**
 * Changes with everything that a bundle is made of.
 * @param {string} file
 */
function tryKeyOf(file) {
  const hash = createHash('sha256').update(JSON.stringify([process.version, process.arch, relative(ROOT, file)]));
  try {
    // What tsconfig.json extends would have to be known as well.
    if (readFileSync(join(ROOT, 'tsconfig.json'), 'utf8').includes('"extends"')) return undefined;
    const sources = SOURCES.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .map((path) => `${folder}/${path.split(sep).join('/')}`)
        .filter((path) => COVERED.test(path))
        .sort(),
    );
    for (const path of [...SETTINGS, ...sources]) hash.update(`\0${path}\0`).update(readFileSync(join(ROOT, path)));
    return hash.update('\0').update(readFileSync(file)).digest('hex');
  } catch {
    // Without npm's note of what it installed, nothing tells when a package is put in the place of another.
    return undefined;
  }
}
