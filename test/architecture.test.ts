/** Tests that imports in lib/ follow the order of its folders: fleet, model, constructs, output, cli. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, importedFiles, type Node, ROOT, type SourceFile, sourceFiles } from './source-files';

const CONSTRUCTS = [
  'cluster',
  'delivery',
  'federation',
  'istio',
  'metallb',
  'nesting',
  'observability',
  'spire',
  'workloads',
] as const;

/**
 * Which folders of lib/ a folder may import, beside itself and invariants/. A folder that is not here has no place yet.
 * A family that the schema of the fleet asks for its members is plain data, below fleet. So are the settings of a GitOps
 * tool, which are in its folder beside its constructs: they are a folder of their own here.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  invariants: [],
  problems: [],
  'delivery/settings': ['formats', 'problems'],
  exposure: [],
  formats: [],
  'spire-plugins': ['formats', 'invariants'],
  'cloud-identity': ['formats', 'spire-plugins'],
  images: [],
  platforms: [],
  presets: ['images'],
  disk: [],
  schemas: ['yaml'],
  text: ['problems'],
  'trial-pki': [],
  yaml: [],
  fleet: [
    'cloud-identity',
    'delivery/settings',
    'disk',
    'exposure',
    'formats',
    'platforms',
    'presets',
    'problems',
    'spire-plugins',
  ],
  model: [
    'cloud-identity',
    'delivery/settings',
    'exposure',
    'fleet',
    'formats',
    'platforms',
    'presets',
    'problems',
    'spire-plugins',
    'yaml',
  ],
  ...Object.fromEntries(
    CONSTRUCTS.map((folder) => [folder, ['formats', 'images', 'model', 'schemas', 'spire-plugins']]),
  ),
  delivery: ['delivery/settings', 'kubectl', 'model'],
  explain: ['fleet', 'formats', 'model', 'problems'],
  diagram: ['model', 'text'],
  kubectl: ['model', 'problems'],
  manifests: ['model', 'spire-plugins', 'yaml', ...CONSTRUCTS],
  checks: ['delivery', 'fleet', 'formats', 'manifests', 'model', 'problems', 'schemas', 'spire-plugins', 'yaml'],
  pages: [
    'delivery',
    'delivery/settings',
    'diagram',
    'fleet',
    'formats',
    'images',
    'kubectl',
    'manifests',
    'model',
    'problems',
    'spire-plugins',
    'text',
  ],
  standalone: ['checks', 'fleet', 'manifests', 'model', 'problems', 'schemas'],
  output: ['checks', 'disk', 'fleet', 'manifests', 'model', 'pages', 'problems', 'schemas', 'spire-plugins', 'yaml'],
  review: ['delivery/settings', 'explain', 'model', 'output', 'problems', 'spire-plugins', 'text'],
  report: ['model', 'problems'],
  cli: [
    ...[
      'checks',
      'diagram',
      'disk',
      'explain',
      'fleet',
      'formats',
      'manifests',
      'model',
      'output',
      'problems',
      'report',
      'review',
    ],
    ...['kubectl', 'schemas', 'trial-pki', ...CONSTRUCTS],
  ],
};

/** Where the world begins: process, clock, console. */
const TOUCHES_WORLD = /^(main\.ts|lib\/cli\/)/;
const TOUCHES_DISK = /^(main\.ts|lib\/(cli|disk|output|schemas)\/)/;

const sources = sourceFiles();
const library = sources.filter(({ path }) => path.startsWith('lib/'));

/** The folder of lib/ that a path is in; undefined for lib/index.ts and all else. */
const folderOf = (path: string): string | undefined =>
  /^lib\/delivery\/[^.]*settings/.test(path) ? 'delivery/settings' : /^lib\/([^/]+)\//.exec(path)?.[1];

/** Lines of a finding, to be read in the failure. */
const found = (
  pick: (file: SourceFile) => readonly string[],
  files: readonly SourceFile[] = library,
): readonly string[] => files.flatMap((file) => pick(file).map((what) => `${file.path}: ${what}`));

test('gives every folder of lib/ its place in the order', () => {
  const folders = new Set(library.flatMap(({ path }) => folderOf(path) ?? []));
  expect([...folders].filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
});

test('points every import the one way: fleet, model, constructs, output, cli; no construct folder knows another', () => {
  const wrong = found((file) => {
    const folder = folderOf(file.path);
    if (folder === undefined) return [];
    const allowed = [folder, 'invariants', ...(MAY_IMPORT[folder] ?? [])];
    return importedFiles(file).filter(
      (target) => target.startsWith('lib/') && !allowed.includes(folderOf(target) ?? ''),
    );
  });
  expect(wrong).toEqual([]);
});

test('gives the fleet as written only to what loads and resolves it, and to the command line', () => {
  const wrong = found(({ path, imports }) =>
    /^lib\/(fleet|model|standalone|cli)\/|^lib\/index\.ts$/.test(path)
      ? []
      : imports.filter((from) => from.endsWith('/fleet/schema')),
  );
  expect(wrong).toEqual([]);
});

test('keeps generated classes to the constructs', () => {
  const wrong = found((file) =>
    CONSTRUCTS.some((folder) => folder === folderOf(file.path))
      ? []
      : importedFiles(file).filter((target) => target.startsWith('imports/')),
  );
  expect(wrong).toEqual([]);
});

test('imports nothing from outside of lib/ and imports/', () => {
  expect(found((file) => importedFiles(file).filter((target) => !/^(lib|imports)\//.test(target)))).toEqual([]);
});

test('leaves process, console, clock and chance to the command line', () => {
  const isNamed = (node: unknown, ...names: readonly string[]): boolean =>
    (node as Node | undefined)?.type === 'Identifier' && names.includes(String((node as Node).value));
  const touched = (node: Node): readonly string[] => {
    const { type, object, property, init, callee, arguments: given } = node;
    const world = [object, init].find((part) => isNamed(part, 'process', 'console', 'globalThis')) as Node | undefined;
    if (world !== undefined) return [String(world.value)];
    if (type === 'NewExpression' && isNamed(callee, 'Date')) {
      return ((given ?? []) as readonly unknown[]).length === 0 ? ['new Date()'] : [];
    }
    const member = type === 'MemberExpression' ? `${(object as Node).value}.${(property as Node).value}` : '';
    return ['Date.now', 'Math.random', 'performance.now'].includes(member) ? [member] : [];
  };
  const modules = ({ imports }: SourceFile): readonly string[] =>
    imports.filter((from) => /^(node:)?(console|os|perf_hooks|process)$/.test(from));
  const wrong = found(
    (file) => [...file.nodes.flatMap(touched), ...modules(file)],
    sources.filter(({ path }) => !TOUCHES_WORLD.test(path)),
  );
  expect(wrong).toEqual([]);
});

test('leaves the disk to disk/, to imports/, to publishing and to the command line', () => {
  const files = sources.filter(({ path }) => !TOUCHES_DISK.test(path));
  expect(found(({ imports }) => imports.filter((from) => /^(node:)?fs(\/|$)/.test(from)), files)).toEqual([]);
});

test('reaches the network and starts programs from the command line alone', () => {
  const reaching = /^(node:)?(child_process|cluster|dgram|dns|http2?|https|tls|worker_threads)(\/|$)/;
  const files = library.filter(({ path }) => !TOUCHES_WORLD.test(path));
  expect(found(({ imports }) => imports.filter((from) => reaching.test(from)), files)).toEqual([]);
});

test('changes no object of cdk8s after it was made: equal props have to mean equal objects', () => {
  const changing =
    /\b(addJsonPatch|addLabel|addAnnotation|addFinalizers|addOwnerReference|addDependency|Lazy)\b|\bmetadata\.add\(/;
  expect(library.filter(({ text }) => changing.test(text)).map(({ path }) => path)).toEqual([]);
});

test('defines parts that clusters share where no cluster is in sight: at the top of a file that holds nothing else', () => {
  const defines = (node: unknown): boolean =>
    /^define\w*Part$/.test(String(((node as Node | undefined)?.callee as Node | undefined)?.value));
  const holdsDefinitions = (item: Node): boolean => {
    const declaration = (item.type === 'ExportDeclaration' ? item.declaration : item) as Node;
    if (/^(ImportDeclaration|Ts(Interface|TypeAlias)Declaration)$/.test(String(declaration.type))) return true;
    const { type, kind, declarations } = declaration;
    const made = declarations as readonly Node[];
    return type === 'VariableDeclaration' && kind === 'const' && made.every(({ init }) => defines(init));
  };
  const count = (found: readonly unknown[]): number => found.filter(defines).length;
  const wrong = ({ path, nodes }: SourceFile): readonly string[] => {
    if (path === 'lib/manifests/define-part.ts' || count(nodes) === 0) return [];
    const body = (nodes[0]?.body ?? []) as readonly Node[];
    const rest = body.filter((item) => !holdsDefinitions(item)).map(({ type }) => String(type));
    const atTop = body.flatMap(({ declaration }) => ((declaration as Node | undefined)?.declarations ?? []) as Node[]);
    const inner = count(nodes) - count(atTop.map(({ init }) => init));
    return [...rest, ...(inner > 0 ? [`${inner} definitions that are not at the top`] : [])];
  };
  expect(found(wrong)).toEqual([]);
  expect(sources.flatMap(({ nodes }) => nodes.filter(defines)).length).toBeGreaterThan(15);
});

test('keeps no variable at the top of the modules that parts may import', () => {
  const mayReach = ['manifests', ...(MAY_IMPORT.manifests ?? [])];
  const variables = ({ path, nodes }: SourceFile): readonly string[] =>
    mayReach.includes(folderOf(path) ?? '')
      ? ((nodes[0]?.body ?? []) as readonly Node[])
          .map((item) => (item.declaration ?? item) as Node)
          .filter(({ type, kind }) => type === 'VariableDeclaration' && kind !== 'const')
          .map(({ kind }) => String(kind))
      : [];
  expect(found(variables)).toEqual([]);
});

test('fills in each default of the fleet in one place', () => {
  const filling = library.filter(
    ({ path, text }) => text.includes('/fleet/defaults') && !/^lib\/(fleet|cli)\//.test(path),
  );
  const places = filling.flatMap(({ path, text }) =>
    [...text.matchAll(/\bDEFAULTS\.[\w.[\]]+/g)].map(([name]) => ({ path, name })),
  );
  expect(places.length).toBeGreaterThan(15);
  const several = places.filter(({ name }, index) => places.findIndex((other) => other.name === name) < index);
  expect(several).toEqual([]);
});

test('keeps every file within 300 lines', () => {
  const long = ({ text }: SourceFile): readonly string[] => {
    const lines = text.trimEnd().split('\n').length;
    return lines > 300 ? [`${lines} lines`] : [];
  };
  expect(found(long)).toEqual([]);
});

test('uses the type any nowhere', () => {
  const anyTypes = ({ nodes }: SourceFile): readonly string[] =>
    nodes.filter(({ type, kind }) => type === 'TsKeywordType' && kind === 'any').map(() => 'any');
  expect(found(anyTypes, sources)).toEqual([]);
});

test('exports by name alone', () => {
  const stars = ({ nodes }: SourceFile): readonly string[] =>
    nodes
      .filter(({ type }) => type === 'ExportAllDeclaration' || type === 'ExportDefaultDeclaration')
      .map(({ type }) => String(type));
  expect(found(stars)).toEqual([]);
});

test('names every test by its outcome', () => {
  const titles = filesBelow('test').flatMap((path) =>
    [...readFileSync(join(ROOT, path), 'utf8').matchAll(/(?:\b(?:test|it)|\]\)|\}\))\(\s*(['"`])(.*?)\1,/g)].map(
      ({ 2: title }) => `${path}: ${title}`,
    ),
  );
  expect(titles.length).toBeGreaterThan(200);
  expect(titles.filter((title) => /: test\b|\b(should|works)\b/i.test(title))).toEqual([]);
});
