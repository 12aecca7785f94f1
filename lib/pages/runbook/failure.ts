/** The type of a runbook entry: a failure, the commands that diagnose it, and its remedy. */
import type { ResolvedFleet } from '../../model/resolved-fleet';
import type { Written } from '../../problems/commands';

export interface Failure {
  /** The first symptom, as a heading. */
  readonly title: string;
  /** Lines of Markdown that describe the symptoms. */
  readonly signs: readonly string[];
  /** Commands that show whether this failure occurred, and where. */
  readonly shownBy: readonly string[];
  /** Lines of Markdown that describe the remedy. */
  readonly remedy: readonly string[];
  /** Commands of the remedy. @default - no commands */
  readonly mendedBy?: readonly string[];
}

/**
 * Describes the failure for a fleet. Returns several if clusters fail in different ways, and undefined if it cannot happen.
 * @param paths the paths that our commands name
 */
export type FailureOf = (fleet: ResolvedFleet, paths: Written) => Failure | readonly Failure[] | undefined;

/** Maximum number of clusters, or pairs of clusters, with commands of their own, so that the page of a large fleet stays readable. */
const MOST = 4;

/** Commands for the first few items. The other items follow the same pattern. */
export function forSome<Item>(
  items: readonly Item[],
  commandsOf: (item: Item) => readonly string[],
): readonly string[] {
  const left = items.length - MOST;
  return [...items.slice(0, MOST).flatMap(commandsOf), ...(left > 0 ? [`# the same for the other ${left}`] : [])];
}

/** Lines of Markdown. */
export function renderFailure({ title, signs, shownBy, remedy, mendedBy = [] }: Failure): readonly string[] {
  return [`### ${title}`, '', ...signs, '', ...block(shownBy), '', ...remedy, ...spaced(block(mendedBy))];
}

function block(commands: readonly string[]): readonly string[] {
  return commands.length === 0 ? [] : ['```sh', ...commands, '```'];
}

function spaced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}
