/** Starts what a node runs beside its pods: containerd, kubelet, kube-proxy, and the firewall that keeps NetworkPolicies. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Namespaces } from '../machine/namespaces';
import { waitFor } from '../machine/wait';
import type { BuiltPrograms } from '../programs/built-programs';
import { SERVICE_NETWORK } from './control-plane';
import { writeKubeconfig } from './kubeconfig';
import { type ComponentIdentity, pkiFile } from './pki';
import { addressesOn, type PodNetwork } from './pod-network';

export const PAUSE_IMAGE = 'registry.k8s.io/pause:3.10';
const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';

export interface NodeServicesProps {
  readonly name: string;
  readonly folder: string;
  readonly address: string;
  /** URL of the API server of its cluster. */
  readonly apiServer: string;
  /** Folder with the PKI of its cluster. */
  readonly pki: string;
  readonly pods: PodNetwork;
  readonly controlGroup: string;
  readonly programs: BuiltPrograms;
}

/** Certificate of the kubelet, signed for the node's address: SPIRE's agents verify it. */
export function kubeletIdentity({ name, address }: Pick<NodeServicesProps, 'name' | 'address'>): ComponentIdentity {
  return {
    name: `kubelet-${name}`,
    commonName: `system:node:${name}`,
    organization: 'system:nodes',
    serves: [address, name],
  };
}

export async function startContainerd(node: Namespaces, { folder, pods }: NodeServicesProps): Promise<void> {
  const config = join(folder, 'containerd.toml');
  const cni = join(folder, 'cni');
  mkdirSync(cni, { recursive: true });
  // A link of its own for each pod: over a bridge, replies between pods of a node would bypass kube-proxy's translation.
  const network = {
    cniVersion: '1.0.0',
    name: 'pods',
    plugins: [
      {
        type: 'ptp',
        // Calls to pods of other nodes keep their address, by which NetworkPolicies know them.
        ipMasq: true,
        ipam: { type: 'host-local', ranges: [[addressesOn(pods)]], routes: [{ dst: '0.0.0.0/0' }] },
      },
    ],
  };
  writeFileSync(join(cni, '10-pods.conflist'), JSON.stringify(network));
  writeFileSync(config, containerdConfig(folder, cni));
  node.background('containerd', ['containerd', '--config', config]);
  await waitFor('containerd', () => node.run(['ctr', '--address', CONTAINERD_SOCKET, 'version']), {
    timeout: 60,
    interval: 0.2,
  });
}

/** Imports an archive of images, for the pods of the node. */
export async function importImages(node: Namespaces, archive: string): Promise<void> {
  await node.run(['ctr', '--address', CONTAINERD_SOCKET, '--namespace', 'k8s.io', 'images', 'import', archive]);
}

export function startKubelet(node: Namespaces, props: NodeServicesProps): void {
  const { name, folder, address, programs, apiServer, pki } = props;
  const kubeconfig = join(folder, 'kubelet.kubeconfig');
  writeKubeconfig(kubeconfig, { name: 'local', server: apiServer, pki, component: kubeletIdentity(props).name });
  writeFileSync(join(folder, 'resolv.conf'), 'search .\n');
  writeFileSync(join(folder, 'kubelet.json'), JSON.stringify(kubeletConfig(props)));
  node.background('kubelet', [
    programs.path('kubernetes', 'kubelet'),
    `--config=${join(folder, 'kubelet.json')}`,
    `--kubeconfig=${kubeconfig}`,
    `--hostname-override=${name}`,
    `--node-ip=${address}`,
  ]);
}

export function startKubeProxy(
  node: Namespaces,
  { name, folder, apiServer, pki, programs, pods }: NodeServicesProps,
): void {
  const kubeconfig = join(folder, 'kube-proxy.kubeconfig');
  writeKubeconfig(kubeconfig, { name: 'local', server: apiServer, pki, component: 'kube-proxy' });
  const config = {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    clientConnection: { kubeconfig },
    hostnameOverride: name,
    mode: 'iptables',
    clusterCIDR: pods.cluster,
    // Limits of the whole machine, which the namespaces of a test leave alone.
    conntrack: { maxPerCore: 0, min: 0, tcpCloseWaitTimeout: '0s', tcpEstablishedTimeout: '0s' },
  };
  writeFileSync(join(folder, 'kube-proxy.json'), JSON.stringify(config));
  node.background('kube-proxy', [
    programs.path('kubernetes', 'kube-proxy'),
    `--config=${join(folder, 'kube-proxy.json')}`,
  ]);
}

/** Client certificate of kube-router; in a real cluster it is a pod with a role of its own. */
export const FIREWALL_IDENTITY: ComponentIdentity = {
  name: 'kube-router',
  commonName: 'kube-router',
  organization: 'system:masters',
};

/** kube-router with nothing but its firewall: the network itself is the node's. */
export function startFirewall(node: Namespaces, { name, folder, apiServer, pki, programs }: NodeServicesProps): void {
  const kubeconfig = join(folder, 'kube-router.kubeconfig');
  writeKubeconfig(kubeconfig, { name: 'local', server: apiServer, pki, component: FIREWALL_IDENTITY.name });
  node.background('kube-router', [
    programs.path('kubeRouter', 'kube-router'),
    `--kubeconfig=${kubeconfig}`,
    `--hostname-override=${name}`,
    `--service-cluster-ip-range=${SERVICE_NETWORK.range}`,
    '--run-firewall=true',
    '--run-router=false',
    '--run-service-proxy=false',
    '--health-port=0',
  ]);
}

function containerdConfig(folder: string, cni: string): string {
  return `version = 2
root = "${join(folder, 'containerd')}"
state = "/run/containerd"
# Not needed, and slow to find out that they cannot run here.
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[grpc]
  address = "${CONTAINERD_SOCKET}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE_IMAGE}"
  # Without CAP_SYS_RESOURCE a score below the machine's own is refused, and runc dies.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${cni}"
`;
}

function kubeletConfig(props: NodeServicesProps): Readonly<Record<string, unknown>> {
  const { folder, address, controlGroup, pki } = props;
  const { name: certificate } = kubeletIdentity(props);
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: pkiFile(pki, 'ca', 'crt') },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: pkiFile(pki, certificate, 'crt'),
    tlsPrivateKeyFile: pkiFile(pki, certificate, 'key'),
    clusterDNS: [SERVICE_NETWORK.dns],
    clusterDomain: 'cluster.local',
    containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
    resolvConf: join(folder, 'resolv.conf'),
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${controlGroup}`,
    failCgroupV1: false,
    failSwapOn: false,
    enforceNodeAllocatable: [],
    // The disk is the whole machine's; a full one is the machine's matter.
    evictionHard: { 'memory.available': '100Mi' },
    imageGCHighThresholdPercent: 100,
    registerNode: true,
    // Pods of one node start together here; the default queue would stretch the start.
    serializeImagePulls: false,
    syncFrequency: '10s',
    oomScoreAdj: 0,
  };
}
