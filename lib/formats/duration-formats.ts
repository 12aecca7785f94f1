/** The bounds of each duration in a fleet file, and the reasons for them. */

import { required } from '../invariants/required';
import { seconds } from './duration';
import { duration, type Format } from './formats';

interface Bounds {
  /** As a fleet writes it. */
  readonly least: string;
  /** As the end of "it is shorter than …, ". */
  readonly whyLeast: string;
  /** As a fleet writes it. @default - a separate rule sets the upper bound */
  readonly most?: string;
  /** As the end of "it is longer than …, ". */
  readonly whyMost?: string;
  readonly example: string;
}

/** The bounds of each format as a sentence, for descriptions in the schema. */
const bounds = new Map<Format, string>();

function between({ least, whyLeast, most, whyMost, example }: Bounds): Format {
  const format: Format = {
    ...duration,
    example,
    check: (text) => {
      const reason = duration.check(text);
      if (reason !== undefined) return reason;
      if (seconds(text) < seconds(least)) return `it is shorter than ${least}, ${whyLeast}`;
      return most !== undefined && seconds(text) > seconds(most) ? `it is longer than ${most}, ${whyMost}` : undefined;
    },
  };
  bounds.set(format, most === undefined ? `At least ${least}.` : `From ${least} to ${most}.`);
  return format;
}

/** The bounds of a duration, as a sentence. */
export function boundsOf(format: Format): string {
  return required(bounds.get(format), `the bounds of ${format.what}`);
}

/**
 * Lifetime of X.509-SVIDs. The agent looks every 5 seconds for SVIDs past half of their life, so a minute leaves five tries.
 * The rule ttl-too-long sets the upper bound.
 *
 * @see spire pkg/agent/manager/manager.go defaultSyncInterval
 */
const SVID = {
  least: '1m',
  whyLeast: 'and agents would not renew in time',
};

export const x509SvidTtl = between({ ...SVID, example: '4h' });

export const jwtSvidTtl = between({
  ...SVID,
  whyLeast: 'and a small difference between clocks would make it expire',
  example: '5m',
});

/** The server's CA; an SVID lives at most a sixth of it. @see spire pkg/server/ca/manager/manager.go MaxSVIDTTLForCATTL */
export const caTtl = between({
  least: '6m',
  whyLeast: 'and SVIDs live at most a sixth of it, which would be under a minute',
  most: '36500d',
  whyMost: 'a hundred years',
  example: '168h',
});

/** @see spire pkg/common/bundleutil/refreshhint.go MinimumRefreshHint; cmd/spire-server/cli/run/run.go, which warns from a day on */
export const refreshHint = between({
  least: '1m',
  whyLeast: 'the shortest interval at which SPIRE polls',
  most: '24h',
  whyMost: 'and peers would learn too late of an unplanned change of the bundle',
  example: '5m',
});

/** Interval of Flux's GitRepository. */
export const poll = between({
  least: '1s',
  whyLeast: 'and a fetch takes longer',
  most: '30d',
  whyMost: 'and every commit, such as a revocation, would wait that long',
  example: '1m',
});

/** Interval of Flux's Kustomizations. @see kustomize-controller docs/spec/v1/kustomizations.md, interval */
export const interval = between({
  least: '1m',
  whyLeast: 'the shortest interval that Flux documents for a Kustomization',
  most: '30d',
  whyMost: 'and changes made by hand would stay that long',
  example: '10m',
});

/** How long before their end certificates are reported. */
export const trustHorizon = between({
  least: '1d',
  whyLeast: 'too short to replace a root',
  most: '3650d',
  whyMost: 'and every root would be reported during its whole life',
  example: '30d',
});

/** How long agents are remembered after their SVID has ended. */
export const forgetAgents = between({
  least: '1h',
  whyLeast: 'and an agent that was down for longer would have to attest again',
  most: '3650d',
  whyMost: 'ten years',
  example: '24h',
});

/** How often agents ask the server. The rule sync-interval-too-long sets the bound that depends on lifetimes. */
export const syncInterval = between({
  least: '1s',
  whyLeast: 'and agents would ask the server without a pause',
  most: '8m',
  whyMost: 'the longest time that agents wait after failures',
  example: '10s',
});

/** @see spire cmd/spire-agent/cli/run/run.go minimumAvailabilityTarget; the rule availability-target-ignored has the upper bound */
export const availabilityTarget = between({
  least: '24h',
  whyLeast: 'the shortest time that SPIRE accepts',
  example: '24h',
});

/** How long an agent tries a bundle that does not verify the server. @see spire cmd/spire-agent/cli/run/run.go rebootstrap_delay */
export const rebootstrapDelay = between({
  least: '1s',
  whyLeast: 'and the agent would not try twice',
  most: '24h',
  whyMost: 'and pods of the node would get no SVID for a day',
  example: '10m',
});

/** How often a Prometheus scrapes. Its timeout is at most as long. */
export const scrapeInterval = between({
  least: '5s',
  whyLeast: 'and metrics hardly change in that time',
  most: '5m',
  whyMost: 'and Prometheus takes a series for ended after five minutes without a sample',
  example: '30s',
});

/** How often spire-controller-manager compares all entries. */
export const gcInterval = between({
  least: '1s',
  whyLeast: 'and every comparison reads all entries and pods',
  most: '24h',
  whyMost: 'and entries that somebody deleted would be missing so long',
  example: '30s',
});

/** Times of a leader election. */
export const leaseTime = between({
  least: '1s',
  whyLeast: 'and clocks and calls of the API server are not that exact',
  most: '1h',
  whyMost: 'and nobody would write entries so long after the leader ended',
  example: '15s',
});

/** Life of a certificate of cert-manager. @see cert-manager pkg/apis/certmanager/v1/const.go MinimumCertificateDuration */
export const intermediateDuration = between({
  least: '1h',
  whyLeast: 'the least that cert-manager issues',
  most: '3650d',
  whyMost: 'ten years',
  example: '90d',
});

/** Time before the end of a certificate. @see cert-manager pkg/apis/certmanager/v1/const.go MinimumRenewBefore */
export const intermediateRenewal = between({
  least: '6m',
  whyLeast: 'the shortest life of the CA that the intermediate signs',
  most: '3650d',
  whyMost: 'ten years',
  example: '30d',
});
