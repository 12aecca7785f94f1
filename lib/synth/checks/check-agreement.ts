/** Reads the written configuration back and checks that components which must agree do: trust domain, class, attestation, socket. */
import { parse } from 'yaml';
import { CONTROLLER_MANAGER, CSI_DRIVER, SPIRE_AGENT, SPIRE_SERVER, WORKLOAD_SOCKET } from '../../model/names';
import type { ResolvedCluster } from '../../model/resolved-fleet';
import type { ClusterObjects, PlacedObject, PodTemplate } from './cluster-objects';
import type { ReportFault } from './fault';

export function checkAgreement(objects: ClusterObjects, cluster: ResolvedCluster, report: ReportFault): void {
  const { serverNamespace, agentNamespace } = cluster.spire;
  const server = configOf(objects, serverNamespace, SPIRE_SERVER.configMap);
  const agent = configOf(objects, agentNamespace, SPIRE_AGENT.configMap);
  const manager = configOf(objects, serverNamespace, CONTROLLER_MANAGER.configMap);
  if (server === undefined || agent === undefined || manager === undefined) {
    return;
  }
  const agree = (place: PlacedObject, what: string, values: readonly unknown[]): void => {
    const distinct = new Set(values.map((value) => JSON.stringify(value)));
    if (distinct.size > 1) {
      report(place, `${what} disagrees: ${[...distinct].join(', ')}`);
    }
  };
  const operator = objects.ofKind('IstioOperator')[0]?.object.spec;
  agree(server.placed, 'trust domain', [
    cluster.trustDomain,
    at(server.content, 'server', 'trust_domain'),
    at(agent.content, 'agent', 'trust_domain'),
    at(manager.content, 'trustDomain'),
    at(operator, 'meshConfig', 'trustDomain'),
  ]);
  checkClass(objects, at(manager.content, 'className'), report);
  checkAttestation(objects, cluster, { server, agent, manager }, agree);
  checkSocket(objects, cluster, agent, agree);
  const webhook = at(manager.content, 'validatingWebhookConfigurationName');
  if (!objects.has('ValidatingWebhookConfiguration', String(webhook))) {
    report(
      manager.placed,
      `manages webhook configuration ${String(webhook)}, which does not exist; the controller would end`,
    );
  }
}

interface Configuration {
  readonly placed: PlacedObject;
  readonly content: unknown;
}

type Agree = (place: PlacedObject, what: string, values: readonly unknown[]) => void;

function configOf(objects: ClusterObjects, namespace: string, name: string): Configuration | undefined {
  const placed = objects
    .ofKind('ConfigMap')
    .find(({ object }) => object.metadata.name === name && object.metadata.namespace === namespace);
  const [text] = Object.values((placed?.object.data as Readonly<Record<string, string>> | undefined) ?? {});
  // JSON is YAML too.
  return placed === undefined || text === undefined ? undefined : { placed, content: parse(text) };
}

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (inner as Readonly<Record<string | number, unknown>> | undefined)?.[step],
    value,
  );
}

/** The controller manager ignores, without a word, whatever does not carry its class. */
function checkClass(objects: ClusterObjects, className: unknown, report: ReportFault): void {
  for (const placed of objects.all.filter(({ object }) => object.apiVersion.startsWith('spire.spiffe.io/'))) {
    if (at(placed.object.spec, 'className') !== className) {
      report(
        placed,
        `has class ${String(at(placed.object.spec, 'className'))}, the controller manager serves ${String(className)}`,
      );
    }
  }
}

function checkAttestation(
  objects: ClusterObjects,
  cluster: ResolvedCluster,
  { server, agent, manager }: Readonly<Record<'server' | 'agent' | 'manager', Configuration>>,
  agree: Agree,
): void {
  const clusters = at(server.content, 'plugins', 'NodeAttestor', 0, 'k8s_psat', 'plugin_data', 'clusters') as Readonly<
    Record<string, unknown>
  >;
  const [name] = Object.keys(clusters);
  const psat = at(agent.content, 'plugins', 'NodeAttestor', 0, 'k8s_psat', 'plugin_data');
  agree(agent.placed, 'attestation cluster', [name, at(psat, 'cluster'), at(manager.content, 'clusterName')]);
  const pod = podOf(objects, SPIRE_AGENT.name);
  if (pod === undefined) {
    return;
  }
  const volume = pod.spec.volumes?.find(({ projected }) => projected !== undefined);
  const token = volume?.projected?.sources[0]?.serviceAccountToken;
  const mount = mountPathOf(pod, volume?.name);
  agree(pod, 'attestation audience', [at(clusters, name ?? '', 'audience', 0), token?.audience]);
  agree(pod, 'attestation token path', [at(psat, 'token_path'), `${mount}/${token?.path}`]);
  agree(pod, 'attestation service account', [
    at(clusters, name ?? '', 'service_account_allow_list', 0),
    `${cluster.spire.agentNamespace}:${pod.spec.serviceAccountName}`,
  ]);
}

function checkSocket(objects: ClusterObjects, cluster: ResolvedCluster, agent: Configuration, agree: Agree): void {
  const [agentPod, driverPod] = [podOf(objects, SPIRE_AGENT.name), podOf(objects, CSI_DRIVER.name)];
  if (agentPod === undefined || driverPod === undefined) {
    return;
  }
  const socket = String(at(agent.content, 'agent', 'socket_path'));
  const directory = socket.slice(0, socket.lastIndexOf('/'));
  const hostPath = (pod: PodTemplate, name: string): string | undefined =>
    pod.spec.volumes?.find((volume) => volume.name === name)?.hostPath?.path;
  agree(agentPod, 'socket directory', [
    directory,
    mountPathOf(agentPod, 'socket'),
    hostPath(agentPod, 'socket'),
    hostPath(driverPod, 'agent-socket'),
  ]);
  agree(agentPod, 'socket name that Istio looks for', [
    WORKLOAD_SOCKET.fileName,
    socket.slice(socket.lastIndexOf('/') + 1),
  ]);
  agree(driverPod, 'kubelet directory', [
    `${cluster.kubelet.directory}/pods`,
    hostPath(driverPod, 'pods'),
    mountPathOf(driverPod, 'pods'),
  ]);
}

function podOf(objects: ClusterObjects, name: string): PodTemplate | undefined {
  return objects.pods.find(({ object }) => object.metadata.name === name);
}

function mountPathOf(pod: PodTemplate, volume: string | undefined): string | undefined {
  return pod.spec.containers.flatMap(({ volumeMounts = [] }) => volumeMounts).find(({ name }) => name === volume)
    ?.mountPath;
}
