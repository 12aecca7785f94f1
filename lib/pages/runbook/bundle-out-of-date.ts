/** A SPIRE server has no bundle of a peer, or one that no longer verifies the peer. */
import { spireServerCommand } from '../../kubectl/spire-server';
import { type FailureOf, forSome } from './failure';
import { pairsOf, type TrustingPair } from './pairs';

export const bundleOutOfDate: FailureOf = (fleet) => {
  const pairs = pairsOf(fleet);
  if (pairs.length === 0) return undefined;
  return {
    title: 'A bundle is out of date',
    signs: [
      'The polling server logs `Error updating bundle` with `x509`: it reaches the endpoint but does not trust it. Compare its copy of the',
      'bundle with the bundle of the peer:',
    ],
    shownBy: forSome(pairs, ({ cluster, peer, far }) => [
      spireServerCommand(cluster, `bundle list -id spiffe://${peer.trustDomain} -format spiffe`),
      ...(far === undefined ? [] : [spireServerCommand(far, 'bundle show -format spiffe')]),
    ]),
    remedy: [
      "These commands copy the bundle through kubectl, which is a trusted channel, and poll. Get a partner's bundle from its operator, and",
      'verify its fingerprint over a second channel.',
    ],
    mendedBy: forSome(pairs, handOver),
  };
};

function handOver({ cluster, peer, far }: TrustingPair): readonly string[] {
  const set = spireServerCommand(cluster, `bundle set -id spiffe://${peer.trustDomain} -format spiffe`, {
    stdin: true,
  });
  return [
    far === undefined ? `${set} < BUNDLE_FILE` : `${spireServerCommand(far, 'bundle show -format spiffe')} | ${set}`,
    spireServerCommand(cluster, `federation refresh -id ${peer.trustDomain}`),
  ];
}
