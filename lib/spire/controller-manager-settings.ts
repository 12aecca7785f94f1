/** Settings of spire-controller-manager in the words of its configuration. */
import { optionalGoDuration } from '../formats/duration';
import type { ResolvedControllerManager } from '../model/spire/resolved-controller-manager';

/** @see https://github.com/spiffe/spire-controller-manager/blob/v0.7.0/api/v1alpha1/controllermanagerconfig_types.go */
export function controllerManagerSettings(manager: ResolvedControllerManager): Readonly<Record<string, unknown>> {
  return {
    className: manager.className,
    watchClassless: manager.watchClassless,
    entryIDPrefix: manager.entryIdPrefix,
    entryIDPrefixCleanup: manager.formerEntryIdPrefix,
    parentIDTemplate: manager.parentIdTemplate,
    // It reads this duration in nanoseconds, and refuses a text such as "10s".
    gcInterval: manager.gcInterval === undefined ? undefined : manager.gcInterval * 1_000_000_000,
    // Its own defaults are info and console.
    logLevel: manager.logLevel === 'INFO' ? undefined : manager.logLevel.toLowerCase(),
    logEncoding: manager.logFormat === 'json' ? 'json' : undefined,
  };
}

/** Keys of `leaderElection`. */
export function leaseTimes({ leaderElection }: ResolvedControllerManager): Readonly<Record<string, unknown>> {
  return {
    leaseDuration: optionalGoDuration(leaderElection?.leaseDuration),
    renewDeadline: optionalGoDuration(leaderElection?.renewDeadline),
    retryPeriod: optionalGoDuration(leaderElection?.retryPeriod),
  };
}
