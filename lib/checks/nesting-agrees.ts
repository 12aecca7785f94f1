/** Checks that the configurations of a nested server, its agent and the server above agree. */
import { SPIRE_SERVER, UPSTREAM_AGENT } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
import { nestedServerSpiffeId, upstreamAgentSpiffeId } from '../model/spire/spiffe-id';
import { NESTED_AUTHORITY } from '../spire-plugins/upstream-authority/catalog';
import type { ClusterObjects, PodTemplate } from './cluster-objects';
import type { ReportFault } from './output-fault';
import type { OutputRule } from './output-rule';
import { agree, at, pluginOf, spireConfigurations } from './spire-configurations';

export const nestingAgrees: OutputRule = {
  name: 'nesting-agrees',
  looksFor:
    'an address, socket or trust domain that differs between a nested server and the agent beside it, a pod in which the two do not share processes, or a downstream entry for anybody but a nested server',
  why: 'the nested server never gets its SVID, so no pod of its cluster gets one. Or somebody else gets a CA of the trust domain.',
  source: 'spire doc/plugin_server_upstreamauthority_spire.md; pkg/server/api/middleware/authorization_opa.go',
  check: (objects, cluster, report) => {
    if (cluster.upstream !== undefined) checkNested(objects, cluster, report);
    checkDownstream(objects, cluster, report);
  },
};

function checkNested(objects: ClusterObjects, cluster: ResolvedCluster, report: ReportFault): void {
  const server = spireConfigurations(objects, cluster)?.server;
  const placed = objects.ofKind('ConfigMap').find(({ object }) => object.metadata.name === UPSTREAM_AGENT.configMap);
  const pod = objects.podOf(SPIRE_SERVER.name);
  if (server === undefined || placed === undefined || pod === undefined) return;
  const [text = '{}'] = Object.values(placed.object.data as Readonly<Record<string, string>>);
  const agent = at(JSON.parse(text), 'agent');
  const { plugin = '' } = cluster.plugins.upstreamAuthority ?? {};
  const written = pluginOf(server, 'UpstreamAuthority', plugin) ?? {};
  const { address, port, socket } = NESTED_AUTHORITY.read(written as Readonly<Record<string, unknown>>);
  agree(report, placed, 'address of the server above', [address, at(agent, 'server_address')]);
  agree(report, placed, 'port of the server above', [port, at(agent, 'server_port')]);
  agree(report, placed, 'trust domain', [cluster.trustDomain, at(agent, 'trust_domain')]);
  agree(report, placed, 'socket of the agent beside the server', [socket, at(agent, 'socket_path')]);
  agree(report, pod, 'volume of that socket', [
    volumeAt(pod, SPIRE_SERVER.name, String(socket)),
    volumeAt(pod, UPSTREAM_AGENT.name, String(socket)),
  ]);
  if (pod.spec.shareProcessNamespace !== true) {
    report(pod, 'does not share its processes, so that the agent cannot tell who asks it');
  }
}

function volumeAt({ spec }: PodTemplate, name: string, file: string): string | undefined {
  const mounts = spec.containers.find((container) => container.name === name)?.volumeMounts ?? [];
  return mounts.find(({ mountPath }) => file.startsWith(`${mountPath}/`))?.name;
}

/** Checks that exactly the nested servers have a downstream entry, whose parent is the agent that attests with the certificate. */
function checkDownstream(
  objects: ClusterObjects,
  { trustDomain, serverApi }: ResolvedCluster,
  report: ReportFault,
): void {
  const wanted = new Map(
    (serverApi?.nested ?? []).map((name) => [
      nestedServerSpiffeId(trustDomain, name),
      upstreamAgentSpiffeId(trustDomain, name),
    ]),
  );
  for (const placed of [...objects.ofKind('ClusterStaticEntry'), ...objects.ofKind('ClusterSPIFFEID')]) {
    const { spec } = placed.object;
    if (at(spec, 'downstream') !== true) continue;
    const [id, parent] = [String(at(spec, 'spiffeID')), at(spec, 'parentID')];
    if (!wanted.has(id)) report(placed, `makes ${id} a SPIRE server, and no cluster is nested under this one by it`);
    else if (wanted.get(id) !== parent) report(placed, `is of ${String(parent)}, not of ${wanted.get(id)}`);
    wanted.delete(id);
  }
  const [server] = objects.ofKind('StatefulSet');
  for (const id of wanted.keys()) if (server !== undefined) report(server, `signs for nobody by the name ${id}`);
}
