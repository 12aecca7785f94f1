/** The form of an entry of the runbook: a failure, the commands that show it, and what mends it. */
import type { ResolvedFleet } from '../../model/resolved-fleet';
import type { Written } from '../../problems/commands';

export interface Failure {
  /** What a person sees first, as a heading. */
  readonly title: string;
  /** Lines of Markdown that say how it shows. */
  readonly signs: readonly string[];
  /** Commands that tell whether it is this failure, and where. */
  readonly shownBy: readonly string[];
  /** Lines of Markdown: what to do. */
  readonly remedy: readonly string[];
  /** Commands of the remedy. @default - it has none */
  readonly mendedBy?: readonly string[];
}

/**
 * Undefined for a fleet in which it cannot happen.
 * @param paths as commands of ours name them
 */
export type FailureOf = (fleet: ResolvedFleet, paths: Written) => Failure | undefined;

/** Most clusters, or pairs of them, that commands are written out for; a page about a thousand clusters stays readable. */
const MOST = 4;

/** Commands for the first few; the others go by the same pattern. */
export function forSome<Item>(
  items: readonly Item[],
  commandsOf: (item: Item) => readonly string[],
): readonly string[] {
  const left = items.length - MOST;
  return [...items.slice(0, MOST).flatMap(commandsOf), ...(left > 0 ? [`# likewise for the other ${left}`] : [])];
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
