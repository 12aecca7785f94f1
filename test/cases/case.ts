/** Reads a case: a fleet of one kind of fault or surprise, and what each command must say of it. */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { temporaryFolder } from '../support';

/** One command line, and how it must end. README.md tells what each key means. */
const run = z.strictObject({
  run: z.string(),
  input: z.string().optional(),
  slowly: z.boolean().default(false),
  commits: z.boolean().default(false),
  lays: z.record(z.string(), z.string()).default({}),
  exit: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  problems: z.array(z.string().regex(/^(error|warning)\[[a-z0-9-]+\] .+:\d+:\d+$/)).default([]),
  says: z.array(z.string()).default([]),
  neverSays: z.array(z.string()).default([]),
  writes: z.record(z.string(), z.array(z.string())).default({}),
  neverWrites: z.array(z.string()).default([]),
});

const expected = z.strictObject({ because: z.string(), runs: z.array(run).min(1) });

export type ExpectedRun = z.output<typeof run>;

export interface Case {
  /** As "kind/case". */
  readonly name: string;
  readonly runs: readonly ExpectedRun[];
}

const SHARED_TRUST = join(__dirname, 'trust');

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** Every case, sorted by its name. */
export function readCases(): readonly Case[] {
  return foldersIn(__dirname)
    .filter((kind) => kind !== 'trust')
    .flatMap((kind) => foldersIn(join(__dirname, kind)).map((name) => `${kind}/${name}`))
    .map((name) => ({ name, ...expected.parse(parse(readFileSync(join(__dirname, name, 'expected.yaml'), 'utf8'))) }));
}

/** A folder of its own for a case: its files, and the roots that all cases share where it has none of that name. */
export function layCase({ name }: Case): string {
  const folder = temporaryFolder();
  cpSync(SHARED_TRUST, join(folder, 'trust'), { recursive: true });
  cpSync(join(__dirname, name), folder, { recursive: true, filter: (path) => !path.endsWith('/expected.yaml') });
  return folder;
}

/** The standard input of a run: a file of the case, or the text itself. */
export function inputOf({ input = '' }: Pick<ExpectedRun, 'input'>, folder: string): string {
  const file = join(folder, input);
  return input !== '' && !input.includes('\n') && existsSync(file) ? readFileSync(file, 'utf8') : input;
}
