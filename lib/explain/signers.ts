/** The links that tell which SPIRE servers sign the SVIDs of a call's two sides, and who signs their CAs. */
import { MANIFEST, manifestPath } from '../model/delivery/manifest-paths';
import type { ResolvedCluster } from '../model/resolved-fleet';
import { mostServers } from '../model/spire/server-settings';
import type { CallEndpoint } from './call-endpoints';
import type { Link, LinkName } from './link';

/** A link for a cluster of the fleet; a partner keeps to itself how it signs. */
export function signerLinks(name: LinkName, endpoint: CallEndpoint): readonly Link[] {
  if (endpoint.kind === 'partner') return [];
  const { cluster, trustDomain } = endpoint;
  return [
    {
      name,
      status: 'holds',
      says: `${serversOf(cluster)} ${trustDomain}, with ${authorityOf(cluster)}`,
      place: ['clusters', cluster.name],
      file: manifestPath(cluster.name, MANIFEST.server()),
    },
  ];
}

function serversOf({ spire, plugins }: ResolvedCluster): string {
  const { replicas } = spire.server;
  const most = mostServers(spire.server);
  const kept = `(entries in ${plugins.keys.datastore}, keys in ${plugins.keys.keyManager})`;
  if (most === 1) return `one server ${kept} signs for`;
  return `${most === replicas ? most : `${replicas} to ${most}`} servers ${kept} sign for`;
}

function authorityOf({ plugins, trust, upstream }: ResolvedCluster): string {
  const [first] = trust.bundle?.authorities ?? [];
  const root = first === undefined ? 'its root' : `root ${first.fingerprint.slice(0, 11)}…`;
  if (upstream !== undefined) return `a CA that is signed by the server of ${upstream.cluster} under ${root}`;
  const { upstreamAuthority } = plugins.keys;
  return upstreamAuthority === undefined
    ? 'a CA of its own'
    : `a CA that is signed by ${upstreamAuthority} under ${root}`;
}
