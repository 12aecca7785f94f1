/**
 * Lets Node run the TypeScript files of this checkout: each as one bundle with all that it imports, packages included.
 * - Loading one file, compiled before, takes a fifth of the time of loading its several hundred parts.
 * - It is kept in node_modules/.cache until anything that it was made of changes: sources, packages, Node.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, relative, sep } = require('node:path');
const { Script } = require('node:vm');

const ROOT = join(__dirname, '..');
/** A bundle that holds anything beside the code in these folders, packages and its first file is not kept. */
const SOURCES = ['bin', 'imports', 'lib'];
/** Wherever the folder of the packages is linked to. */
const PACKAGE = /(^|\/)node_modules\//;
const COVERED = new RegExp(`^(${SOURCES.join('|')})/.*\\.[jt]s$`);
/** What npm last installed, and how TypeScript is understood. */
const SETTINGS = [join('node_modules', '.package-lock.json'), 'tsconfig.json'];

Module._extensions['.ts'] = (module, file) => {
  const kept = join(ROOT, 'node_modules', '.cache', 'cdk8s-spire', relative(ROOT, file).replace(/[^a-z\d]+/gi, '-'));
  const { content: text, digest } = bundleOf(file, `${kept}.js`);
  // V8 itself compares no more than the length of what it compiled, and tells the name of the file that it was.
  const compiledFrom = digestOf(Buffer.from(`${kept}\0${digest}`));
  const cachedData = tryRead(`${kept}.code`, compiledFrom)?.content;
  const script = new Script(Module.wrap(text.toString()), { filename: `${kept}.js`, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) {
    // Then most functions that a run needs are compiled.
    process.once('exit', () => keep(`${kept}.code`, compiledFrom, script.createCachedData()));
  }
  script.runInThisContext()(module.exports, Module.createRequire(file), module, file, dirname(file));
};

/**
 * @typedef {{ readonly content: Buffer, readonly digest: string }} Kept
 * @param {string} file
 * @param {string} kept
 * @returns {Kept}
 */
function bundleOf(file, kept) {
  const key = tryKeyOf(file);
  return (key === undefined ? undefined : tryRead(kept, key)) ?? makeBundle(file, kept, key);
}

/**
 * @param {string} file
 * @param {string} kept
 * @param {string | undefined} key
 */
function makeBundle(file, kept, key) {
  const { outputFiles, metafile } = require('esbuild').buildSync({
    ...require('./bundle-options'),
    absWorkingDir: ROOT,
    entryPoints: [file],
    metafile: true,
    write: false,
  });
  const text = Buffer.from(outputFiles[0].contents);
  const entry = relative(ROOT, file);
  const isCovered = Object.keys(metafile.inputs).every(
    (input) => input === entry || PACKAGE.test(input) || COVERED.test(input),
  );
  if (key !== undefined && isCovered) keep(kept, key, text);
  return { content: text, digest: digestOf(text) };
}

/**
 * Changes with everything that a bundle is made of.
 * @param {string} file
 */
function tryKeyOf(file) {
  const hash = createHash('sha256').update(JSON.stringify([process.version, process.arch, relative(ROOT, file)]));
  try {
    const sources = SOURCES.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .map((path) => `${folder}/${path.split(sep).join('/')}`)
        .filter((path) => COVERED.test(path))
        .sort(),
    );
    for (const path of [...SETTINGS, ...sources]) hash.update(`\0${path}\0`).update(readFileSync(join(ROOT, path)));
    return hash.update('\0').update(readFileSync(file)).digest('hex');
  } catch {
    // Without npm's note of what it installed, nothing tells when packages change.
    return undefined;
  }
}

/**
 * Undefined where it is not there, was made of something else, or is damaged.
 * @param {string} kept
 * @param {string} key
 * @returns {Kept | undefined}
 */
function tryRead(kept, key) {
  try {
    const bytes = readFileSync(kept);
    const content = bytes.subarray(bytes.indexOf('\n') + 1);
    const digest = digestOf(content);
    return bytes.subarray(0, bytes.length - content.length).equals(headOf(key, digest))
      ? { content, digest }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What cannot be kept is made again at the next start.
 * @param {string} kept
 * @param {string} key
 * @param {Buffer} content
 */
function keep(kept, key, content) {
  const partial = `${kept}.${process.pid}`;
  try {
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(partial, Buffer.concat([headOf(key, digestOf(content)), content]));
    renameSync(partial, kept);
  } catch {}
}

/**
 * @param {string} key
 * @param {string} digest
 */
function headOf(key, digest) {
  return Buffer.from(`// ${key} ${digest}\n`);
}

/** @param {Buffer} content */
function digestOf(content) {
  return createHash('sha256').update(content).digest('hex');
}
