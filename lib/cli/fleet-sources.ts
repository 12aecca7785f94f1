/** Reads a fleet from the disk or from Git, for comparisons. A fleet with errors counts as unknown. */
import { dirname } from 'node:path';
import { type LoadedFleet, loadFleet, loadFleetText, type TrustFile } from '../fleet/load';
import { resolve } from '../model/resolve';
import type { Problem } from '../problems/problem';
import { describeProblem } from '../problems/render';
import type { ReviewedFleet } from '../review/review';
import type { Environment } from './environment';
import { type GitFailure, pathFromHere, type Revision, readFiles } from './git';

/**
 * The fleet on the disk.
 * @param onTrustFile called with each trust file that the fleet names
 */
export function fleetOnDisk(
  file: string,
  environment: Environment,
  onTrustFile: (named: string) => void = () => {},
): ReviewedFleet {
  const loaded = loadFleet(file, environment.cwd);
  const readTrustFile: LoadedFleet['readTrustFile'] = (named, place) => {
    onTrustFile(named);
    return loaded.readTrustFile(named, place);
  };
  return resolveReviewedFleet({ ...loaded, readTrustFile }, file, environment);
}

export interface GitFleetProps {
  /** The revision as given on the command line. */
  readonly base: string;
  /** Fleet file, relative to the environment's folder. */
  readonly fleet: string;
  /** Trust files to read together with the fleet file. Others that the fleet names are read afterwards. @default - none */
  readonly expected?: ReadonlySet<string>;
}

/** The fleet as it was at a revision. */
export function fleetInGit(
  revision: Revision,
  { base, fleet: file, expected = new Set() }: GitFleetProps,
  environment: Environment,
): ReviewedFleet {
  const shown = `${base}:${file}`;
  const path = pathFromHere(file, environment);
  const pathOf = (named: string): string => `${dirname(path)}/${named}`;
  const texts = new Map<string, string | undefined>();
  /** Reads the files into `texts`. Returns the failure of Git, if any. */
  const read = (paths: readonly string[]): GitFailure | undefined => {
    const files = readFiles(revision, paths, environment);
    if ('failure' in files) return files;
    for (const one of paths) texts.set(one, files.found.get(one));
    return undefined;
  };
  const failed = read([path, ...[...expected].map(pathOf)]);
  if (failed !== undefined) return { unknown: failed.failure };
  const text = texts.get(path);
  if (text === undefined) return { unknown: `there is no ${shown}` };
  const unread = new Set<string>();
  const loaded = loadFleetText(text, shown, (named): TrustFile => {
    const content = texts.get(pathOf(named));
    if (!texts.has(pathOf(named))) unread.add(pathOf(named));
    return content === undefined ? { missing: true } : { text: content };
  });
  const first = resolveReviewedFleet(loaded, shown, environment);
  if (unread.size === 0) return first;
  const failedAgain = read([...unread]);
  return failedAgain === undefined
    ? resolveReviewedFleet(loaded, shown, environment)
    : { unknown: failedAgain.failure };
}

function resolveReviewedFleet(
  { fleet: written, source, problems: loadProblems, readTrustFile }: LoadedFleet,
  shown: string,
  environment: Environment,
): ReviewedFleet {
  const world = { readTrustFile, now: environment.now };
  const { fleet, problems } =
    written === undefined ? { fleet: undefined, problems: loadProblems } : resolve(written, world);
  if (written === undefined || fleet === undefined) {
    // Show the problem here: the files may no longer exist for synth to report it.
    const [first, ...others] = problems.filter(({ severity }) => severity === 'error');
    const { line, sentence } = describeProblem(first as Problem, source);
    const more = others.length === 0 ? '' : `, and ${others.length} more`;
    return { unknown: `${shown}:${line} has a problem${more}: ${sentence}` };
  }
  return fleet;
}
