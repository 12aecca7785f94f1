/** A certificate that a SPIRE server needs has expired: its intermediate CA, or the certificate that attests a nested server. */
import type { ResolvedCluster } from '../../model/resolved-fleet';
import { type FailureOf, forSome } from './failure';
import { serverLog } from './logs';

export const intermediateExpired: FailureOf = ({ clusters }) => {
  const signed = clusters.filter((cluster) => secretOf(cluster) !== undefined);
  if (signed.length === 0) return undefined;
  return {
    title: 'An intermediate CA has ended',
    signs: ['The server logs `Unable to rotate X509 CA`, and later nobody renews an SVID. When the certificate ends:'],
    shownBy: forSome(signed, (cluster) => [endDate(cluster), serverLog(cluster, 'Unable to rotate X509 CA')]),
    remedy: [
      'Put a new certificate under the same root into the Secret, by its command under "Order of applying". The server reads it within two',
      'minutes and needs no restart. Where it cannot use the new one, it goes on with the old one and logs no reason; so run the commands',
      'above again. Agents attest anew by themselves.',
    ],
  };
};

/** Name of the Secret that the server's CA depends on. */
function secretOf({ plugins }: ResolvedCluster): string | undefined {
  return plugins.upstreamAuthority?.secrets?.[0]?.name;
}

function endDate(cluster: ResolvedCluster): string {
  const secret = `secret -n ${cluster.spire.serverNamespace} ${secretOf(cluster)}`;
  return `kubectl --context ${cluster.name} get ${secret} -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -enddate`;
}
