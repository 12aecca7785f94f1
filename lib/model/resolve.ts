/** Resolves a fleet: drafts its parts, checks the rules on the draft, assembles the result. */
import type { Fleet } from '../fleet/schema';
import { isError, type Problem, type Report } from '../problems/problem';
import { assembleFleet } from './assemble-fleet';
import { draftFleet } from './draft-fleet';
import type { FleetDraft } from './fleet-draft';
import type { ResolvedFleet, ResolvedWaiver } from './resolved-fleet';
import { RULES } from './rules/catalog';
import type { Surroundings } from './trust/resolve-trust';
import { applyWaivers, resolveWaivers } from './waivers';

/** A resolved fleet, or its problems. A resolved fleet can have warnings. */
export interface Resolution {
  /** Undefined when a problem of severity error was found. */
  readonly fleet?: ResolvedFleet;
  readonly problems: readonly Problem[];
}

/** Resolves a fleet. Same fleet, same result, whatever the order of its keys. */
export function resolve(fleet: Fleet, surroundings: Surroundings): Resolution {
  const { draft, waivers, problems } = judge(fleet, surroundings);
  return problems.some(isError)
    ? { problems }
    : // Keep all waivers. Whether one applies depends on the date and the lock file, and the output must not.
      { fleet: assembleFleet(draft, waivers), problems };
}

/** Resolves a fleet in spite of problems, to answer questions about its valid parts. Never used for output. */
export function resolveDespiteProblems(fleet: Fleet, surroundings: Surroundings): Required<Resolution> {
  const { draft, waivers, problems } = judge(fleet, surroundings);
  return { fleet: assembleFleet(draft, waivers), problems };
}

interface Judged {
  readonly draft: FleetDraft;
  readonly waivers: readonly ResolvedWaiver[];
  readonly problems: readonly Problem[];
}

function judge(fleet: Fleet, surroundings: Surroundings): Judged {
  const found = new Map<string, Problem>();
  // A setting of the whole fleet is checked for each cluster, but one fault is one problem.
  const report: Report = (problem) => found.set(JSON.stringify([problem.code, problem.place, problem.facts]), problem);
  const waivers = resolveWaivers(fleet, report);
  const draft = draftFleet(fleet, surroundings, report);
  for (const rule of RULES) {
    rule.run?.(draft, report);
  }
  return { draft, waivers, problems: applyWaivers(fleet, waivers, [...found.values()]) };
}
