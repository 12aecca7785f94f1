/** Reads the fleet file and the files it names from the disk. No other module of fleet/ or model/ reads the disk. */
import { dirname, join, resolve as resolvePath } from 'node:path';
import { type FileFailure, readTextFile } from '../disk/read-file';
import type { FleetPath, Problem } from '../problems/problem';
import { problem, problemAt } from '../problems/problem';
import { distinctProblems } from '../problems/render';
import { checkShape } from './check-shape';
import { parseFleet } from './parse';
import { privateKeyProblem } from './private-key-problem';
import type { Fleet } from './schema';
import { SourceMap } from './source-map';

/** A fleet file of a thousand clusters is under 1 MB. */
const MAX_FLEET_BYTES = 4 * 1024 * 1024;
/** Thousands of certificates fit. */
const MAX_TRUST_BYTES = 1024 * 1024;

/** The result of reading a file that the fleet names. */
export type TrustFile = { readonly text: string } | { readonly missing: true } | { readonly problem: Problem };

export interface LoadedFleet {
  /** Undefined when there are problems. */
  readonly fleet?: Fleet;
  /** The document as plain values, even if it is not a valid fleet. Undefined if the text is not valid YAML. */
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
  const read = readTextFile(path, MAX_FLEET_BYTES);
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
 * Loads a fleet from its text, for example the text of another commit.
 * @param file as the person names it
 */
export function loadFleetText(text: string, file: string, readTrustFile: LoadedFleet['readTrustFile']): LoadedFleet {
  const { document, source, problems } = parseFleet(text, file);
  const leaked = privateKeyProblem('the fleet file', { text, document, source });
  // Report only this problem: any other one could print the key, in its source line or in its message.
  if (leaked !== undefined) {
    return { source, problems: [leaked], readTrustFile };
  }
  if (problems.length > 0) {
    return { source, problems, readTrustFile };
  }
  const { fleet, problems: faults } = checkShape(document);
  return { fleet, document, source, readTrustFile, problems: distinctProblems(faults, source) };
}

function readBelow(folder: string, path: string, place: FleetPath): TrustFile {
  const read = readTextFile(join(folder, path), MAX_TRUST_BYTES);
  if (!('failure' in read)) {
    return { text: read.text };
  }
  return read.failure === 'missing' ? { missing: true } : { problem: failureProblem(read, 'the file', path, place) };
}

function failureProblem(read: FileFailure, what: string, file: string, place: FleetPath): Problem {
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
