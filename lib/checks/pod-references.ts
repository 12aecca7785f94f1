/** Checks that the ServiceAccount and the volumes of each pod template exist. */
import { BUNDLE_CONFIG_MAP, SPIRE_AGENT, SPIRE_SERVER } from '../model/names';
import { planAgentPlugins } from '../spire-plugins/by-name/agent-plans';
import type { PluginPlan } from '../spire-plugins/plugin';
import { allPlugins } from '../spire-plugins/server-plugins';
import type { ClusterObjects, Container, PodTemplate, SecretKey, Volume } from './cluster-objects';
import type { ReportFault } from './output-fault';
import type { CheckedCluster, OutputRule } from './output-rule';

export const podReferences: OutputRule<CheckedCluster> = {
  name: 'pod-references',
  looksFor: 'a pod with a ServiceAccount, volume or PriorityClass that does not exist',
  why: 'the pod is not created, or does not start.',
  source: 'Kubernetes',
  check: (objects, cluster, report) => checkPods(objects, cluster, report),
};

function checkPods(objects: ClusterObjects, cluster: CheckedCluster, report: ReportFault): void {
  for (const pod of objects.pods) {
    const { serviceAccountName, volumes = [], containers } = pod.spec;
    // A pod that names no ServiceAccount uses the one that every namespace has.
    if (serviceAccountName !== undefined && !objects.has('ServiceAccount', serviceAccountName, pod.namespace)) {
      report(pod, `runs as ServiceAccount ${serviceAccountName}, which does not exist in ${pod.namespace}`);
    }
    if (pod.spec.priorityClassName !== undefined && !objects.has('PriorityClass', pod.spec.priorityClassName)) {
      report(pod, `has priority ${pod.spec.priorityClassName}, which does not exist`);
    }
    checkEnvironment(pod, cluster, report);
    for (const volume of volumes) {
      checkVolume(volume, pod, objects, cluster, report);
    }
    const present = new Set([...volumes.map(({ name }) => name), ...claimTemplatesOf(pod)]);
    const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
    for (const { name } of mounts.filter((mount) => !present.has(mount.name))) {
      report(pod, `mounts volume ${name}, which the pod does not have`);
    }
  }
}

function checkEnvironment(pod: PodTemplate, cluster: CheckedCluster, report: ReportFault): void {
  for (const { name, key } of pod.spec.containers.flatMap(secretsInEnvironment)) {
    if (!isProvided(cluster, pod.namespace, name, key)) {
      report(pod, `reads key ${key} of Secret ${name}, which nobody is asked to provide in ${pod.namespace}`);
    }
  }
}

function checkVolume(
  { configMap, secret, csi }: Volume,
  pod: PodTemplate,
  objects: ClusterObjects,
  cluster: CheckedCluster,
  report: ReportFault,
): void {
  const { namespace } = pod;
  if (configMap !== undefined && !objects.has('ConfigMap', configMap.name, namespace)) {
    const atRunTime = configMap.name === BUNDLE_CONFIG_MAP.name && namespace === cluster.spire.agentNamespace;
    const provided = pluginsOf(pod, cluster).some((plugin) => readsConfigMap(plugin, configMap.name));
    if (!atRunTime && !provided) {
      report(pod, `mounts ConfigMap ${configMap.name}, which does not exist in ${namespace}`);
    }
  }
  if (secret !== undefined) {
    if (!isProvided(cluster, namespace, secret.secretName) && !isIssued(objects, namespace, secret.secretName)) {
      report(pod, `mounts Secret ${secret.secretName}, which nobody is asked to provide in ${namespace}`);
    }
  }
  if (csi !== undefined && !objects.has('CSIDriver', csi.driver)) {
    report(pod, `mounts a volume of ${csi.driver}, which is not installed`);
  }
}

/** Plugins that run in a pod. */
function pluginsOf(pod: PodTemplate, { plugins, spire }: CheckedCluster): readonly PluginPlan[] {
  switch (pod.object.metadata.name) {
    case SPIRE_SERVER.name:
      return plugins === undefined ? [] : allPlugins(plugins);
    case SPIRE_AGENT.name:
      return planAgentPlugins({ agent: {}, ...spire });
    default:
      return [];
  }
}

/** Whether a plugin reads a ConfigMap that a person provides. */
function readsConfigMap({ volumes = [] }: PluginPlan, name: string): boolean {
  return volumes.some((volume) => 'providedConfigMap' in volume && volume.providedConfigMap === name);
}

/** Whether the generated README asks a person for a Secret, and for one of its keys where one is given. */
function isProvided({ requiredSecrets }: CheckedCluster, namespace: string, name: string, key?: string): boolean {
  return requiredSecrets.some(
    (secret) =>
      secret.namespace === namespace && secret.name === name && (key === undefined || secret.keys.includes(key)),
  );
}

/** Whether a Certificate fills a Secret. */
function isIssued(objects: ClusterObjects, namespace: string, name: string): boolean {
  return objects
    .ofKind('Certificate')
    .some(
      ({ object }) =>
        object.metadata.namespace === namespace &&
        (object.spec as { readonly secretName?: unknown }).secretName === name,
    );
}

function secretsInEnvironment({ env = [] }: Container): readonly SecretKey[] {
  return env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []);
}

function claimTemplatesOf(pod: PodTemplate): readonly string[] {
  const { volumeClaimTemplates = [] } = pod.object.spec as {
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  };
  return volumeClaimTemplates.map(({ metadata }) => metadata.name);
}
