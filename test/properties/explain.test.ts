import fc from 'fast-check';
import { explainCall } from '../../lib/explain/call';
import { tryFindCallEndpoint } from '../../lib/explain/call-endpoints';
import { loadFleet } from '../../lib/fleet/load';
import { resolve } from '../../lib/model/resolve';
import type { ResolvedFleet } from '../../lib/model/resolved-fleet';
import { synthesize } from '../../lib/output/synthesize';
import { renderProblems } from '../../lib/problems/render';
import { NOW } from '../support';
import { fleets, homeOf, type WrittenFleet } from './fleets';
import { type Outcome, SimulatedFleet } from './simulated-calls';
import { FleetFolder } from './synthesis';

const folder = new FleetFolder();
beforeAll(() => folder.prepare());

interface Fleet {
  readonly explained: ResolvedFleet;
  readonly simulated: SimulatedFleet;
}

function fleetOf(document: WrittenFleet): Fleet {
  const file = folder.write(document);
  const { fleet: written, readTrustFile } = loadFleet(file);
  const { output, problems, source } = synthesize(file, { now: NOW });
  const { fleet } = resolve(written!, { readTrustFile, now: NOW });
  if (output === undefined || fleet === undefined) throw new Error(renderProblems(problems, source));
  const files = Object.fromEntries(output.files.map(({ path, text }) => [path, text]));
  return { explained: fleet, simulated: new SimulatedFleet(document, files) };
}

/** Every ordered pair of workloads, but for pairs that a partner runs both of. */
function pairsOf({ workloads }: WrittenFleet): readonly (readonly [string, string])[] {
  const names = Object.keys(workloads);
  return names
    .flatMap((caller) => names.map((called) => [caller, called] as const))
    .filter(([caller, called]) => caller !== called)
    .filter(([caller, called]) => [caller, called].some((name) => homeOf(workloads[name] ?? {}) !== 'partner'));
}

const declares = ({ workloads }: WrittenFleet, caller: string, called: string): boolean =>
  workloads[caller]?.calls?.includes(called) ?? false;

const explain = ({ explained }: Fleet, caller: string, called: string): Outcome =>
  explainCall(explained, tryFindCallEndpoint(explained, caller)!, tryFindCallEndpoint(explained, called)!).verdict;

interface Judged {
  readonly pair: string;
  readonly declared: boolean;
  readonly explained: Outcome;
  readonly simulated: Outcome;
  /** Of a caller that goes around its proxy. */
  readonly trespass: Outcome;
}

function judge(document: WrittenFleet): readonly Judged[] {
  const fleet = fleetOf(document);
  return pairsOf(document).map(([caller, called]) => ({
    pair: `${caller} ${called}`,
    declared: declares(document, caller, called),
    explained: explain(fleet, caller, called),
    simulated: fleet.simulated.outcomeOf(caller, called),
    trespass: fleet.simulated.outcomeOfTrespass(caller, called),
  }));
}

test('explains every pair of workloads as the objects decide, and allows only declared calls where it can refuse others', () => {
  const seen = { allowed: 0, refused: 0, open: 0 };
  fc.assert(
    fc.property(fleets, (document) => {
      const judged = judge(document);
      for (const { explained } of judged) seen[explained] += 1;
      const misread = judged.filter(({ explained, simulated }) => explained !== simulated);
      const wrong = judged.filter(({ declared, simulated, trespass }) =>
        declared ? simulated === 'refused' : trespass === 'allowed',
      );
      expect({ misread, wrong }).toEqual({ misread: [], wrong: [] });
    }),
    { numRuns: 60 },
  );
  // The generator reaches all three answers, or the comparison means little.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
});
