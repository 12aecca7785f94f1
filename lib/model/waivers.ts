/** Lowers the severity of problems at waived places, and reports waivers that apply to nothing. */
import type { Fleet } from '../fleet/schema';
import { suggest } from '../formats/suggest';
import type { Problem, Report } from '../problems/problem';
import { problemAt, warningAt } from '../problems/problem';
import type { ResolvedWaiver } from './resolved-fleet';
import { RULES } from './rules/catalog';

/** The waivers of rules that can be waived, sorted. */
export function resolveWaivers(fleet: Fleet, report: Report): readonly ResolvedWaiver[] {
  const codes = RULES.map(({ code }): string => code).sort();
  const waivers = (fleet.waivers ?? []).filter(({ rule }, index) => {
    const known = RULES.find(({ code }) => code === rule);
    const place = ['waivers', index, 'rule'];
    if (known === undefined) {
      report(
        problemAt(place, 'unknown-value', {
          got: JSON.stringify(rule),
          allowed: codes,
          suggestion: suggest(rule, codes),
        }),
      );
    } else if (known.waivable !== true) {
      report(problemAt(place, 'waiver-refused', { rule }));
    }
    return known?.waivable === true;
  });
  return waivers.sort((a, b) => compare(a.rule, b.rule) || compare(a.at, b.at));
}

/** Applies waivers: a waived error becomes a warning, a waived warning is removed. */
export function applyWaivers(
  fleet: Fleet,
  waivers: readonly ResolvedWaiver[],
  problems: readonly Problem[],
): readonly Problem[] {
  const used = new Set<ResolvedWaiver>();
  const left = problems.flatMap((problem): readonly Problem[] => {
    const waiver = waivers.find(({ rule, at }) => rule === problem.code && isBelow(problem, at));
    if (waiver === undefined) return [problem];
    used.add(waiver);
    return problem.severity === 'error' ? [{ ...problem, severity: 'warning' } as Problem] : [];
  });
  const unused = (fleet.waivers ?? []).flatMap(({ rule, at }, index) => {
    const waiver = waivers.find((candidate) => candidate.rule === rule && candidate.at === at);
    return waiver === undefined || used.has(waiver) ? [] : [warningAt(['waivers', index], 'waiver-unused', { rule })];
  });
  return [...left, ...unused];
}

function isBelow({ place }: Problem, at: string): boolean {
  return 'path' in place && stepsOf(at).every((step, index) => String(place.path[index]) === step);
}

/** `clusters.east.calls[0]` as its steps. */
function stepsOf(at: string): readonly string[] {
  return at.split(/[.[\]]/).filter((step) => step !== '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
