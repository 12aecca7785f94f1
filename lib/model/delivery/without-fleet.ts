/** Fills in the defaults of a fleet for constructs of GitOps tools that are used without one. */
import { required } from '../../invariants/required';
import { NOTHING_SAID } from '../default-fleet';
import { resolveDelivery } from './resolve-delivery';
import type { ResolvedDelivery } from './resolved-delivery';

/** Where a GitOps tool finds the output, as a program describes it; the delivery of a resolved fleet is one of these as well. */
export interface RepositorySettings {
  /** URL of the Git repository. */
  readonly repo: string;
  /** @default 'main' */
  readonly branch?: string;
  /** Folder of the output in the repository; `.` is the repository itself. @default 'dist' */
  readonly path?: string;
  /** Repository of Istio's charts, of scheme https or oci. @default - Istio's own */
  readonly charts?: string;
}

/** Fills in the defaults of the repository that GitOps tools read. Does not check its values. */
export function completeRepository({ repo, branch, path, charts }: RepositorySettings): ResolvedDelivery {
  const delivery = { repo, branch, path, charts, tools: [] };
  // The only problems of a delivery are those of its tools.
  const resolved = resolveDelivery({ ...NOTHING_SAID, delivery }, () => undefined);
  return required(resolved, `the delivery of ${repo}`);
}
