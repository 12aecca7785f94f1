/** What a suite needs of its machine and its clusters, where that is not what the walkthrough needs. */
import { DEVIATIONS, GITOPS_DEVIATIONS, PRODUCTION_DEVIATIONS } from '../deviations';
import type { PackageGroup } from '../machine/debian-packages';
import type { Deviation } from '../report/report';
import type { SuiteName } from './suites';

export interface SuiteSettings {
  /** Whether its clusters are empty when its proofs begin. */
  readonly startsEmpty: boolean;
  /** Nodes beside the first one, in the cluster that is called. */
  readonly workers: number;
  /** Packages of Debian that no other suite needs. */
  readonly packages?: PackageGroup;
  readonly deviations: readonly Deviation[];
}

export function settingsOf(suite: SuiteName): SuiteSettings {
  switch (suite) {
    case 'gitops':
      return {
        startsEmpty: true,
        workers: 0,
        packages: 'gitops',
        deviations: [...DEVIATIONS, ...GITOPS_DEVIATIONS],
      };
    case 'production':
      return {
        startsEmpty: true,
        workers: 3,
        packages: 'production',
        deviations: [...DEVIATIONS, ...PRODUCTION_DEVIATIONS],
      };
    default:
      return { startsEmpty: false, workers: 0, deviations: DEVIATIONS };
  }
}
