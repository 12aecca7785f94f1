/** A SPIRE server holds a bundle of a peer that no longer verifies that peer, or none at all. */
import { spireServerCommand } from '../../kubectl/spire-server';
import { type FailureOf, forSome } from './failure';
import { pairsOf, type TrustingPair } from './pairs';

export const bundleOutOfDate: FailureOf = (fleet) => {
  const pairs = pairsOf(fleet);
  if (pairs.length === 0) return undefined;
  return {
    title: 'A bundle is out of date',
    signs: [
      'The server that polls logs `Error updating bundle` with `x509`: it reaches the endpoint and does not trust it. Compare the bundle that',
      'it holds with the one that the peer has:',
    ],
    shownBy: forSome(pairs, ({ cluster, peer, far }) => [
      spireServerCommand(cluster, `bundle list -id spiffe://${peer.trustDomain} -format spiffe`),
      ...(far === undefined ? [] : [spireServerCommand(far, 'bundle show -format spiffe')]),
    ]),
    remedy: [
      "These commands copy the bundle over kubectl, which is a trusted channel, and poll. Get a partner's bundle from its operator, and",
      'compare its fingerprint over a second channel.',
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
