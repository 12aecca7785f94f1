/** Holds each family of components to its folder: the rest of lib/ asks the record, and names no member. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { EXPOSURES } from '../lib/exposure/catalog';
import { TOOL_NAMES } from '../lib/gitops/catalog';
import { PRESETS } from '../lib/presets/catalog';

const LIB = join(__dirname, '..', 'lib');

interface Family {
  /** Below lib/. */
  readonly folder: string;
  /** Below lib/, with what constructs know of each member. @default - constructs know nothing of it */
  readonly constructs?: string;
  /** By which a fleet chooses each member. */
  readonly members: readonly string[];
  /** Files outside of the folder in which a word of the family means something else, with what it means there. */
  readonly otherwise?: Readonly<Record<string, string>>;
}

const BALANCED = 'a Service that always has a load balancer, whatever exposes the bundle endpoint';
const INSIDE = 'a Service that is reached from inside the cluster alone';

const FAMILIES: readonly Family[] = [
  {
    folder: 'exposure',
    members: EXPOSURES.map(({ name }) => name),
    otherwise: {
      'istio/istio-settings.ts': BALANCED,
      'nesting/server-api.ts': BALANCED,
      'review/rules/exposure.ts': 'the type of any Service, as Kubernetes writes it',
      'spire/controller-manager.ts': INSIDE,
      'spire/server.ts': INSIDE,
    },
  },
  {
    folder: 'gitops',
    constructs: 'delivery',
    members: TOOL_NAMES,
    otherwise: {
      'manifests/delivery-app.ts': 'the files of each tool',
      'model/rules/parent-project-same.ts': 'the rule about the projects of Argo CD, which has a file of its own',
      'pages/delivery-steps.ts': 'the steps of each tool',
      'schemas/schemas.ts': 'the project whose definitions are imported',
    },
  },
  { folder: 'presets', members: PRESETS.map(({ name }) => name) },
];

type Node = Readonly<Record<string, unknown>>;

const files = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map((path) => ({ path, words: wordsOf(readFileSync(join(LIB, path), 'utf8')) }));

/** Every name and every text of a program: what code can compare, look up or import. Comments are not among them. */
function wordsOf(program: string): ReadonlySet<string> {
  const words = new Set<string>();
  const read = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, value: word } = value as Node;
    if ((type === 'Identifier' || type === 'StringLiteral') && typeof word === 'string') words.add(word);
    Object.values(value).forEach(read);
  };
  read(parseSync(program, { syntax: 'typescript', target: 'es2022' }));
  return words;
}

/** A member as a key of the fleet, as an identifier, or as the file that is imported. */
function names(words: ReadonlySet<string>, folder: string, member: string): boolean {
  const file = member.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  const identifier = member.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return [...words].some((word) => word === member || word === identifier || word.endsWith(`${folder}/${file}`));
}

test.each(FAMILIES.map((family) => [family.folder, family] as const))(
  'nothing outside of %s/ and its constructs names one of its members',
  (_, { folder, constructs = folder, members, otherwise = {} }) => {
    const own = [`${folder}/`, `${constructs}/`];
    const outside = files.filter(({ path }) => !own.some((one) => path.startsWith(one)));
    const naming = outside.filter(({ words }) => members.some((member) => names(words, folder, member)));
    expect(naming.map(({ path }) => path)).toEqual(Object.keys(otherwise).sort());
  },
);

test.each(FAMILIES.map(({ folder, members }) => [folder, members] as const))(
  '%s/ has an interface, a catalog and one file for each member, and the catalog imports each',
  (folder, members) => {
    const own = files.filter(({ path }) => path.startsWith(`${folder}/`));
    const { words } = own.find(({ path }) => path === `${folder}/catalog.ts`) ?? { words: new Set<string>() };
    const imported = [...words].filter((word) => word.startsWith('./'));
    expect(imported).toHaveLength(members.length + 1);
    expect(own.map(({ path }) => path)).toEqual(
      ['./catalog', ...imported].map((path) => `${folder}/${path.slice(2)}.ts`).sort(),
    );
  },
);
