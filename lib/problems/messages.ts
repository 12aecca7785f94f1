/** The message of every problem: one sentence and one hint, in the words of the fleet file. */
import type { Problem, ProblemCode } from './problem';
import { agentsWording } from './wording/agents';
import { federationWording } from './wording/federation';
import { historyWording } from './wording/history';
import { identitiesWording } from './wording/identities';
import { nestingWording } from './wording/nesting';
import { outputWording } from './wording/output';
import { pluginsWording } from './wording/plugins';
import { readingWording } from './wording/reading';
import { referencesWording } from './wording/references';
import { reviewWording } from './wording/review';
import { serversWording } from './wording/servers';
import { shapeWording } from './wording/shape';
import { telemetryWording } from './wording/telemetry';
import { trustWording } from './wording/trust';
import { versionsWording } from './wording/versions';
import type { Message, OwnCommand, WhereIs, WordingOf } from './wording/wording';

export type { Message, WhereIs } from './wording/wording';

const wording: WordingOf<ProblemCode> = {
  ...readingWording,
  ...shapeWording,
  ...referencesWording,
  ...identitiesWording,
  ...versionsWording,
  ...trustWording,
  ...federationWording,
  ...historyWording,
  ...nestingWording,
  ...agentsWording,
  ...pluginsWording,
  ...serversWording,
  ...telemetryWording,
  ...outputWording,
  ...reviewWording,
};

/** Renders the message of a problem. */
export function messageOf(problem: Problem, whereIs: WhereIs, own: OwnCommand): Message {
  // The facts always belong to the code, but the compiler cannot infer that for a union.
  const say = wording[problem.code] as (facts: Problem['facts'], whereIs: WhereIs, own: OwnCommand) => Message;
  return say(problem.facts, whereIs, own);
}
