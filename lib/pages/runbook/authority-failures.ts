/** A SPIRE server gets no new CA. The record of its upstream authority describes the failure. */
import type { ResolvedCluster } from '../../model/resolved-fleet';
import type { AuthorityFailure } from '../../spire-plugins/upstream-authority/upstream-authority';
import { type Failure, type FailureOf, forSome } from './failure';
import { serverLog } from './logs';

interface Affected {
  readonly cluster: ResolvedCluster;
  readonly failure: AuthorityFailure;
}

/** One failure for each title. Clusters with the same title share its text. */
export const authorityFailures: FailureOf = ({ clusters }) => {
  const byTitle = new Map<string, readonly Affected[]>();
  for (const cluster of clusters) {
    const failure = cluster.plugins.upstreamAuthority?.failure;
    if (failure === undefined) continue;
    byTitle.set(failure.title, [...(byTitle.get(failure.title) ?? []), { cluster, failure }]);
  }
  return [...byTitle.values()].flatMap((alike) =>
    alike.slice(0, 1).map(({ failure }) => sharedFailure(failure, alike)),
  );
};

function sharedFailure({ title, signs, remedy }: AuthorityFailure, affected: readonly Affected[]): Failure {
  return {
    title,
    signs,
    shownBy: forSome(affected, ({ cluster, failure }) => [
      ...failure.shownBy.map((command) => `kubectl --context ${cluster.name} ${command}`),
      serverLog(cluster, failure.logged),
    ]),
    remedy,
  };
}
