/** The types of a problem in words. */
import type { FleetPath, ProblemCode, ProblemFacts } from '../problem';

/** A problem in words. */
export interface Message {
  /** What is wrong: lower case, no full stop. */
  readonly sentence: string;
  /** The one thing to do about it. */
  readonly hint: string;
}

/** Says where another place of the fleet is, as `line:column`. */
export type WhereIs = (path: FleetPath) => string;

/** Writes a command of ours about the fleet at hand, such as `root east --rotate`. */
export type OwnCommand = (words: string) => string;

/** The words of some codes. */
export type WordingOf<Codes extends ProblemCode> = {
  readonly [Code in Codes]: (facts: ProblemFacts[Code], whereIs: WhereIs, own: OwnCommand) => Message;
};
