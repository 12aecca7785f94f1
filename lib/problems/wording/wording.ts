/** The types of messages. */
import type { FleetPath, ProblemCode, ProblemFacts } from '../problem';

/** The message of a problem. */
export interface Message {
  /** What is wrong: lower case, no full stop. */
  readonly sentence: string;
  /** The one thing to do about it. */
  readonly hint: string;
}

/** The position of another place in the fleet, as `line:column`. */
export type WhereIs = (path: FleetPath) => string;

/** Renders the full command line of a command of cdk8s-spire for this fleet, from words such as `root east --rotate`. */
export type OwnCommand = (words: string) => string;

/** The message of each of some codes. */
export type WordingOf<Codes extends ProblemCode> = {
  readonly [Code in Codes]: (facts: ProblemFacts[Code], whereIs: WhereIs, own: OwnCommand) => Message;
};
