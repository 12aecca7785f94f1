/** The interface of a proof, and how it reports a failure. */
import type { FamilyName } from '../programs/programs';
import type { Stage } from '../stage';

export interface Proof {
  /** A sentence, outcome first. */
  readonly name: string;
  /** What was seen; throws when it is not so. */
  readonly prove: (stage: Stage) => Promise<string>;
  /** Whether it changes the fleet, which is then put back after a failure. @default - it leaves the fleet alone */
  readonly changesFleet?: boolean;
  /** Seconds after which it counts as failed. @default 480 */
  readonly deadline?: number;
  /** Programs that it runs and that no cluster needs. They are built only for a run with such a proof. @default - none */
  readonly needs?: readonly FamilyName[];
  /** Whether pods have to do with it; their logs then belong to a failure. @default - they have */
  readonly offline?: boolean;
}

/** Fails with what was expected and what was seen. */
export function expect(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
