/** Holds each family of components to its folder: the rest of lib/ asks the record, and names no member. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { PRESETS } from '../lib/presets/catalog';

const LIB = join(__dirname, '..', 'lib');

interface Family {
  /** Below lib/, with "/" at the end. */
  readonly folder: string;
  /** By which a fleet chooses each member. */
  readonly members: readonly string[];
}

const FAMILIES: readonly Family[] = [{ folder: 'presets/', members: PRESETS.map(({ name }) => name) }];

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

/** A member as a key, as an identifier, or as the file that is imported. */
function names(words: ReadonlySet<string>, member: string): boolean {
  const identifier = member.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return [...words].some((word) => word === member || word === identifier || word.endsWith(`/${member}`));
}

test.each(FAMILIES.map((family) => [family.folder, family] as const))(
  '%s names its members in the catalog alone',
  (_, family) => {
    const naming = family.members.flatMap((member) =>
      files
        .filter(({ path, words }) => !path.endsWith(`/${member}.ts`) && names(words, member))
        .map(({ path }) => path),
    );
    expect([...new Set(naming)]).toEqual([`${family.folder}catalog.ts`]);
  },
);
