/** Resolves the fleet's settings of spire-controller-manager. */
import type { Fleet } from '../../fleet/schema';
import { optionalSeconds } from '../../formats/duration';
import { DEFAULT_CLASS } from '../names';
import { controllerManagerSetting } from '../settings';
import type { ResolvedControllerManager } from './resolved-controller-manager';
import type { ResolvedSpire } from './resolved-spire';

/** @param common settings of all components; its own logs win over them */
export function resolveControllerManager(
  fleet: Fleet,
  cluster: string,
  common: Pick<ResolvedSpire, 'logLevel' | 'logFormat'>,
): ResolvedControllerManager {
  const written = <Key extends Parameters<typeof controllerManagerSetting>[2]>(key: Key) =>
    controllerManagerSetting<Key>(fleet, cluster, key).value;
  const former = written('formerEntryIdPrefix');
  const election = written('leaderElection');
  return {
    logLevel: written('logLevel') ?? common.logLevel,
    logFormat: written('logFormat') ?? common.logFormat,
    className: written('className') ?? DEFAULT_CLASS,
    watchClassless: written('watchClassless'),
    entryIdPrefix: written('entryIdPrefix'),
    formerEntryIdPrefix: former === 'none' ? '' : former,
    parentIdTemplate: written('parentIdTemplate'),
    gcInterval: optionalSeconds(written('gcInterval')),
    leaderElection: election && {
      leaseDuration: optionalSeconds(election.leaseDuration),
      renewDeadline: optionalSeconds(election.renewDeadline),
      retryPeriod: optionalSeconds(election.retryPeriod),
    },
  };
}

/**
 * The namespaces that the controller manager ignores, as it reads them: regular expressions that it does not anchor itself,
 * so that "default" would also ignore "my-default-ns".
 *
 * @param patterns names, in which `*` matches any characters
 */
export function ignoredNamespaces(server: string, agent: string, patterns: readonly string[] = []): readonly string[] {
  return [...new Set(['kube-system', 'kube-public', 'kube-node-lease', server, agent, ...patterns])]
    .sort()
    .map(expression);
}

/** Whether a pattern of `ignoredNamespaces` matches a namespace. */
export function ignores(pattern: string, namespace: string): boolean {
  return new RegExp(expression(pattern)).test(namespace);
}

function expression(pattern: string): string {
  return `^${pattern.replaceAll('*', '.*')}$`;
}
