/** Reads the fleet file and the files it names from the disk; nobody else in the model touches it. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve as resolvePath } from 'node:path';
import { diskReason } from '../problems/disk-reason';
import type { FleetPath, Problem } from '../problems/problem';
import { problem, problemAt } from '../problems/problem';
import { distinctProblems } from '../problems/render';
import { checkShape } from './check-shape';
import { parseFleet } from './parse';
import type { Fleet } from './schema';
import { SourceMap } from './source-map';

/** A fleet file of a thousand clusters is under 1 MB. */
const MAX_FLEET_BYTES = 4 * 1024 * 1024;
/** Thousands of certificates fit. */
const MAX_TRUST_BYTES = 1024 * 1024;

/** A file that the fleet names, by the path written there. */
export type TrustFile = { readonly text: string } | { readonly missing: true } | { readonly problem: Problem };

export interface LoadedFleet {
  /** Undefined when there are problems. */
  readonly fleet?: Fleet;
  /** The plain values, also of a document that is no fleet; undefined where the text could not be read. */
  readonly document?: unknown;
  readonly source: SourceMap;
  readonly problems: readonly Problem[];
  /** Reads a file relative to the fleet file's folder; `place` is where the fleet names it. */
  readonly readTrustFile: (path: string, place: FleetPath) => TrustFile;
}

/**
 * Loads a fleet. Every fault becomes a problem; nothing is thrown for bad input.
 * @param file as the person names it, relative to `folder`
 * @param folder defaults to the working folder
 */
export function loadFleet(file: string, folder = '.'): LoadedFleet {
  const path = resolvePath(folder, file);
  const readTrustFile = (named: string, place: FleetPath): TrustFile => readBelow(dirname(path), named, place);
  const read = readText(path, MAX_FLEET_BYTES);
  if ('failure' in read) {
    return {
      source: new SourceMap(file, ''),
      problems: [failureProblem(read, 'the fleet file', file, [])],
      readTrustFile,
    };
  }
  return loadFleetText(read.text, file, readTrustFile);
}

/**
 * Loads a fleet whose text is known, such as one of another commit.
 * @param file as the person names it
 */
export function loadFleetText(text: string, file: string, readTrustFile: LoadedFleet['readTrustFile']): LoadedFleet {
  const { document, source, problems } = parseFleet(text, file);
  if (problems.length > 0) {
    return { source, problems, readTrustFile };
  }
  const { fleet, problems: faults } = checkShape(document);
  return { fleet, document, source, readTrustFile, problems: distinctProblems(faults, source) };
}

function readBelow(folder: string, path: string, place: FleetPath): TrustFile {
  const read = readText(join(folder, path), MAX_TRUST_BYTES);
  if (!('failure' in read)) {
    return { text: read.text };
  }
  return read.failure === 'missing' ? { missing: true } : { problem: failureProblem(read, 'the file', path, place) };
}

type Failure =
  | { readonly failure: 'missing' }
  | { readonly failure: 'unreadable'; readonly reason: string }
  | { readonly failure: 'too-large'; readonly bytes: number; readonly limit: number }
  | { readonly failure: 'not-utf8'; readonly offset: number };

function readText(file: string, limit: number): { readonly text: string } | Failure {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) {
      return { failure: 'unreadable', reason: stat.isDirectory() ? 'it is a directory' : 'it is not a regular file' };
    }
    if (stat.size > limit) {
      return { failure: 'too-large', bytes: stat.size, limit };
    }
    return decode(readFileSync(file));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { failure: 'missing' }
      : { failure: 'unreadable', reason: diskReason(error) };
  }
}

function decode(bytes: Buffer): { readonly text: string } | Failure {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { failure: 'not-utf8', offset: firstInvalidByte(bytes) };
  }
}

/** The decoder does not say where it stopped; the longest beginning that it accepts ends there. */
function firstInvalidByte(bytes: Buffer): number {
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      valid = middle;
    } catch {
      invalid = middle;
    }
  }
  return valid;
}

function failureProblem(read: Failure, what: string, file: string, place: FleetPath): Problem {
  switch (read.failure) {
    case 'missing':
      return problemAt(place, 'file-missing', { what, file });
    case 'unreadable':
      return problemAt(place, 'file-unreadable', { what, file, reason: read.reason });
    case 'too-large':
      return problemAt(place, 'file-too-large', { file, bytes: read.bytes, limit: read.limit });
    case 'not-utf8':
      return problem({ path: place }, 'not-utf8', { file, offset: read.offset });
  }
}
