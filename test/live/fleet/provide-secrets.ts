/** Creates the Secrets that the fleet asks a person for. */
import type { ResolvedCluster } from '../../../lib/model/resolved-fleet';
import type { Cluster } from '../cluster/cluster';
import type { WorkFleet } from './work-fleet';

/** Creates the Secret with the intermediate CA, unless it is there; fails for a Secret that this does not know how to fill. */
export async function provideSecrets(
  cluster: Cluster,
  { trustDomain, plugins, requiredSecrets }: ResolvedCluster,
  fleet: WorkFleet,
): Promise<void> {
  const { certificate, key } = fleet.intermediateOf(trustDomain);
  for (const { namespace, name } of requiredSecrets) {
    if (plugins.upstreamAuthority?.secrets?.[0]?.name !== name)
      throw new Error(`nobody knows what belongs into the Secret ${namespace}/${name}`);
    if ((await cluster.kubectl.tryRun(['get', 'secret', name, '-n', namespace])).code === 0) continue;
    const files = [`--cert=${certificate}`, `--key=${key}`];
    await cluster.kubectl.run(['create', 'secret', 'tls', name, '-n', namespace, ...files]);
  }
}
