/** What the package holds, against what its pages refer to. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const ROOT = join(__dirname, '..');

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly private?: boolean;
  readonly license: string;
  readonly main: string;
  readonly types: string;
  readonly exports: { readonly '.': Readonly<Record<'types' | 'default', string>> };
};

/** Files of the package but for build/, which is made when it is packed. */
const packed: readonly string[] = (
  JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' }),
  ) as readonly { readonly files: readonly { readonly path: string }[] }[]
)
  .flatMap(({ files }) => files.map(({ path }) => path))
  .filter((path) => !path.startsWith('build/'));

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const pages = packed.filter((path) => path.endsWith('.md'));

/** Whether the package has this file, or files below this folder. */
function isPacked(path: string): boolean {
  const name = path.replace(/\/$/, '');
  return packed.some((file) => file === name || file.startsWith(`${name}/`));
}

test('has its README and the documents', () => {
  const ofDocs = readdirSync(join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []));
  expect([...pages].sort()).toEqual(['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', ...ofDocs].sort());
});

test('has only the listed files and folders at its top', () => {
  expect([...new Set(packed.map((path) => path.split('/')[0]))].sort()).toEqual(
    [
      ...['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'],
      ...['bin', 'docs', 'examples', 'fleet.schema.json', 'fleet.yaml', 'imports', 'templates', 'trust'],
    ].sort(),
  );
});

test('can be published under its licence, with types beside each entry point', () => {
  expect(manifest.private).toBeUndefined();
  expect(manifest.license).toBe('Apache-2.0');
  expect(textOf('LICENSE')).toMatch(/Apache License\n *Version 2\.0[\s\S]*END OF TERMS AND CONDITIONS/);
  const { types, default: main } = manifest.exports['.'];
  expect([main, types]).toEqual([`./${manifest.main}`, `./${manifest.types}`]);
  // What tsc makes of lib/index.ts.
  expect([main, types]).toEqual(['./build/lib/index.js', './build/lib/index.d.ts']);
});

test.each(pages)('every link in %s resolves to a file of the package or to a heading', (page) => {
  const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const missing = links
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = '', heading] = target.split('#');
      const file = path === '' ? page : posix.join(posix.dirname(page), path);
      return !isPacked(file) || (heading !== undefined && !anchorsOf(textOf(file)).includes(heading));
    });
  expect(missing).toEqual([]);
});

/** Anchors of the headings, as GitHub makes them. */
function anchorsOf(page: string): readonly string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(pages)('every example, document and template that %s names is in the package', (page) => {
  const named = [...textOf(page).matchAll(/`((?:examples|docs|templates)\/[\w./-]*|fleet\.(?:yaml|schema\.json))`/g)];
  // What an example yields is made by synth.
  const paths = named.map(([, path = '']) => path).filter((path) => !path.includes('/dist'));
  expect(paths.filter((path) => !isPacked(path))).toEqual([]);
});

test('each example has the files that it names', () => {
  const fleets = packed.filter((path) => posix.basename(path) === 'fleet.yaml');
  expect(fleets.length).toBeGreaterThan(3);
  const missing = fleets.flatMap((fleet) =>
    [...textOf(fleet).matchAll(/(?:root:|bundle:|\$schema=) *([\w./-]+\.(?:pem|json))/g)]
      .map(([, path = '']) => posix.join(posix.dirname(fleet), path))
      .filter((path) => !isPacked(path)),
  );
  expect(missing).toEqual([]);
});

test('contains no private key, no output and no tests', () => {
  expect(packed.filter((path) => /(^|\/)(private|dist|test|node_modules)\//.test(path))).toEqual([]);
  expect(packed.filter((path) => path.endsWith('.pem') && textOf(path).includes('PRIVATE'))).toEqual([]);
});
