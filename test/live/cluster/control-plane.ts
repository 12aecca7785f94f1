/** Starts the control plane of a cluster: etcd, API server, controller manager, scheduler. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Namespaces } from '../machine/namespaces';
import type { BuiltPrograms } from '../programs/built-programs';
import { writeKubeconfig } from './kubeconfig';
import { type ComponentIdentity, pkiFile } from './pki';

export const SERVICE_NETWORK = { range: '10.96.0.0/16', kubernetes: '10.96.0.1', dns: '10.96.0.10' } as const;

const API_PORT = 6443;

export interface ControlPlaneProps {
  readonly folder: string;
  readonly address: string;
  readonly programs: BuiltPrograms;
  /** Path of the API server. @default - the one of the newest Kubernetes */
  readonly apiServer?: string;
}

/** Certificates that the control plane and its clients need. */
export function controlPlaneIdentities(address: string): readonly ComponentIdentity[] {
  return [
    {
      name: 'api-server',
      commonName: 'kube-apiserver',
      serves: [address, '127.0.0.1', SERVICE_NETWORK.kubernetes, 'kubernetes.default.svc', 'kubernetes'],
    },
    { name: 'kubelet-client', commonName: 'kube-apiserver-kubelet-client', organization: 'system:masters' },
    { name: 'admin', commonName: 'admin', organization: 'system:masters' },
    { name: 'controller-manager', commonName: 'system:kube-controller-manager' },
    { name: 'scheduler', commonName: 'system:kube-scheduler' },
    { name: 'kube-proxy', commonName: 'system:kube-proxy' },
  ];
}

export const apiServerUrl = (address: string): string => `https://${address}:${API_PORT}`;
export const pkiFolder = (folder: string): string => join(folder, 'pki');

/** Starts etcd and the API server; without the controllers, for what only needs an API. */
export function startApiServer(node: Namespaces, props: ControlPlaneProps): void {
  const { folder, programs, address } = props;
  const pki = pkiFolder(folder);
  mkdirSync(join(folder, 'etcd'), { recursive: true, mode: 0o700 });
  node.background('etcd', [
    programs.path('etcd', 'etcd'),
    `--data-dir=${join(folder, 'etcd')}`,
    '--listen-client-urls=http://127.0.0.1:2379',
    '--advertise-client-urls=http://127.0.0.1:2379',
    '--listen-peer-urls=http://127.0.0.1:2380',
    // The clusters do not outlive the machine; waiting for its disk proves nothing.
    '--unsafe-no-fsync',
    '--log-level=warn',
  ]);
  node.background('kube-apiserver', [
    props.apiServer ?? programs.path('kubernetes', 'kube-apiserver'),
    '--etcd-servers=http://127.0.0.1:2379',
    `--advertise-address=${address}`,
    `--secure-port=${API_PORT}`,
    `--service-cluster-ip-range=${SERVICE_NETWORK.range}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    '--allow-privileged=true',
    `--client-ca-file=${pkiFile(pki, 'ca', 'crt')}`,
    `--tls-cert-file=${pkiFile(pki, 'api-server', 'crt')}`,
    `--tls-private-key-file=${pkiFile(pki, 'api-server', 'key')}`,
    `--kubelet-client-certificate=${pkiFile(pki, 'kubelet-client', 'crt')}`,
    `--kubelet-client-key=${pkiFile(pki, 'kubelet-client', 'key')}`,
    `--kubelet-certificate-authority=${pkiFile(pki, 'ca', 'crt')}`,
    '--kubelet-preferred-address-types=InternalIP',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${join(pki, 'service-account.pub')}`,
    `--service-account-signing-key-file=${join(pki, 'service-account.key')}`,
  ]);
}

/** Starts what makes objects into running pods; it keeps trying until the API server answers. */
export function startControllers(node: Namespaces, { folder, programs, address }: ControlPlaneProps): void {
  const pki = pkiFolder(folder);
  const kubeconfig = (component: string): string => {
    const file = join(folder, `${component}.kubeconfig`);
    writeKubeconfig(file, { name: 'local', server: apiServerUrl(address), pki, component });
    return `--kubeconfig=${file}`;
  };
  node.background('kube-controller-manager', [
    programs.path('kubernetes', 'kube-controller-manager'),
    kubeconfig('controller-manager'),
    '--use-service-account-credentials=true',
    `--root-ca-file=${pkiFile(pki, 'ca', 'crt')}`,
    `--service-account-private-key-file=${join(pki, 'service-account.key')}`,
    '--leader-elect=false',
    // A node that was rebooted is back in seconds; its pods stay.
    '--node-monitor-grace-period=120s',
  ]);
  node.background('kube-scheduler', [
    programs.path('kubernetes', 'kube-scheduler'),
    kubeconfig('scheduler'),
    '--leader-elect=false',
  ]);
}
