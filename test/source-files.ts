/** The sources of lib/ with their syntax trees, for tests that look at the code itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseSync } from '@swc/core';

export const ROOT = join(__dirname, '..');

/** A part of the syntax tree, as far as it is looked at. */
export type Node = Readonly<Record<string, unknown>>;

export interface SourceFile {
  /** From the root of the repository, with "/" between folders. */
  readonly path: string;
  readonly text: string;
  /** Every part of its syntax tree. */
  readonly nodes: readonly Node[];
  /** What it imports, as written. */
  readonly imports: readonly string[];
}

/** main.ts and all of lib/, sorted. */
export function sourceFiles(): readonly SourceFile[] {
  return ['main.ts', ...filesBelow('lib')].map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const nodes = [...nodesOf(parseSync(text, { syntax: 'typescript', target: 'es2022' }))];
    return { path, text, nodes, imports: nodes.flatMap(importOf) };
  });
}

/** Files of the repository that a file imports, without their extension. */
export function importedFiles({ path, imports }: SourceFile): readonly string[] {
  return imports
    .filter((from) => from.startsWith('.'))
    .map((from) =>
      relative(ROOT, resolve(ROOT, dirname(path), from))
        .split(sep)
        .join('/'),
    );
}

/** TypeScript files below a folder of the repository, sorted. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [folder, ...name.split(sep)].join('/'))
    .sort();
}

function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Node;
  for (const inner of Object.values(value)) yield* nodesOf(inner);
}

/** The module that an import, a re-export, `import()` or `require()` names. */
function importOf(node: Node): readonly string[] {
  const { type, callee, source, arguments: called } = node as Node & { readonly callee?: Node; readonly source?: Node };
  const dynamic = type === 'CallExpression' && (callee?.type === 'Import' || callee?.value === 'require');
  const from = dynamic ? (called as readonly { readonly expression: Node }[])[0]?.expression : source;
  return typeof from?.value === 'string' ? [from.value] : [];
}
