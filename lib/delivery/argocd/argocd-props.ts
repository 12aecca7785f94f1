/** Fills in the defaults of a fleet for constructs of Argo CD that are used without one. */
import { orThrow } from '../../model/problem-error';
import { argoCdSettings, type ResolvedArgoCd } from './argocd-settings';

/** What the defaults follow from. @default - nothing is delivered */
interface Delivered {
  readonly fleet: string;
  readonly repo: string;
  readonly clusters: readonly string[];
}

const NOTHING: Delivered = { fleet: 'none', repo: '', clusters: [] };

/**
 * Fills in missing settings.
 * @throws Error if Argo CD cannot permit the repository
 */
export function completeArgoCd(given: Partial<ResolvedArgoCd> = {}, delivered: Delivered = NOTHING): ResolvedArgoCd {
  const defaults = orThrow(`Argo CD of ${delivered.fleet}`, (report) => argoCdSettings.resolve({}, delivered, report));
  return { ...defaults, ...given };
}
