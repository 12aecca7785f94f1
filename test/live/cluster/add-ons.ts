/** Puts into a cluster what dist/ asks a person to provide: cluster DNS, a default StorageClass, MetalLB. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Cluster } from './cluster';
import { SERVICE_NETWORK } from './control-plane';

export interface AddOns {
  /** Text of manifests, as they are applied. */
  readonly manifests: readonly string[];
}

/** MetalLB is upstream's own manifest; the rest is small enough to be written here. */
export function addOns(metallbModule: string, corednsVersion: string): AddOns {
  const metallb = readFileSync(join(metallbModule, 'config', 'manifests', 'metallb-native.yaml'), 'utf8');
  const own = [STORAGE_CLASS, ...coreDns(`registry.k8s.io/coredns/coredns:${corednsVersion}`)];
  return { manifests: [own.map((object) => stringify(object)).join('---\n'), metallb] };
}

export async function installAddOns(cluster: Cluster, { manifests }: AddOns): Promise<void> {
  const volumes = cluster.nodes.map((node, index) => stringify(localVolume(node, index + 1)));
  for (const text of [...manifests, volumes.join('---\n')]) await cluster.kubectl.apply(text);
}

/** Waits until the webhooks of MetalLB and the cluster's DNS answer. */
export async function addOnsReady(cluster: Cluster): Promise<void> {
  for (const [namespace, workload] of [
    ['kube-system', 'deployment/coredns'],
    ['metallb-system', 'deployment/controller'],
    ['metallb-system', 'daemonset/speaker'],
  ] as const) {
    await cluster.kubectl.run(['rollout', 'status', '-n', namespace, workload, '--timeout=180s'], { timeout: 200 });
  }
}

const STORAGE_CLASS = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'local', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'WaitForFirstConsumer',
};

/** A volume on a node's disk; unlike a hostPath, the kubelet hands it to the group that a pod asks for. */
function localVolume({ name, folder }: Cluster['nodes'][number], number: number): unknown {
  const path = join(folder, 'volume');
  mkdirSync(path, { recursive: true });
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `local-${number}` },
    spec: {
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: STORAGE_CLASS.metadata.name,
      persistentVolumeReclaimPolicy: 'Retain',
      local: { path },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [name] }] },
          ],
        },
      },
    },
  };
}

function coreDns(image: string): readonly unknown[] {
  const metadata = { name: 'coredns', namespace: 'kube-system' };
  const labels = { 'k8s-app': 'kube-dns' };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'coredns' },
      rules: [
        { apiGroups: [''], resources: ['services', 'namespaces'], verbs: ['list', 'watch'] },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'coredns' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'coredns' },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      // Names outside of the cluster do not exist here.
      data: { Corefile: '.:53 {\n  errors\n  ready\n  kubernetes cluster.local in-addr.arpa\n  reload\n}\n' },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'kube-dns', namespace: 'kube-system' },
      spec: {
        clusterIP: SERVICE_NETWORK.dns,
        selector: labels,
        ports: ['UDP', 'TCP'].map((protocol) => ({ name: `dns-${protocol.toLowerCase()}`, port: 53, protocol })),
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: 'coredns',
            dnsPolicy: 'Default',
            containers: [
              {
                name: 'coredns',
                image,
                args: ['-conf', '/etc/coredns/Corefile'],
                readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 2 },
                volumeMounts: [{ name: 'config', mountPath: '/etc/coredns' }],
              },
            ],
            volumes: [{ name: 'config', configMap: { name: 'coredns' } }],
          },
        },
      },
    },
  ];
}
