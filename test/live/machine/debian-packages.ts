/** Installs what the live proof needs of Debian, and tells the versions. */
import { run, tryRun } from './command';

/** Each with what it is for. */
const PACKAGES = {
  'busybox-static': 'a shell for the image of curl',
  containerd: 'runs the pods',
  'containernetworking-plugins': 'connects the pods',
  conntrack: 'kube-proxy ends connections with it',
  curl: 'the caller',
  iproute2: 'networks of the nodes',
  ipset: 'kube-router keeps the addresses of pods in sets',
  iptables: 'kube-proxy and istio-init',
  openssl: 'checks of what others serve',
  procps: 'sysctl',
  runc: 'runs containers',
  tini: 'first process of a node',
  'util-linux': 'namespaces',
} as const;

/** Each with what GitOps tools need it for. */
const GITOPS_PACKAGES = {
  git: 'serves the output, and fetches it for Argo CD',
  'redis-server': 'keeps what Argo CD has rendered',
} as const;

export type DebianPackage = keyof typeof PACKAGES;

/** Installs what is missing; version of each package. */
export async function installDebianPackages(
  gitops: boolean,
  report: (line: string) => void,
): Promise<Readonly<Record<DebianPackage, string>>> {
  const missing: string[] = [];
  const needed = [...Object.keys(PACKAGES), ...(gitops ? Object.keys(GITOPS_PACKAGES) : [])];
  for (const name of needed) {
    if (!(await isInstalled(name))) missing.push(name);
  }
  if (missing.length > 0) {
    report(`installing ${missing.join(', ')}`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run(['apt-get', 'update', '-q'], { env, timeout: 300 });
    await run(['apt-get', 'install', '-q', '-y', '--no-install-recommends', ...missing], { env, timeout: 600 });
  }
  const listing = await tryRun(['dpkg-query', '--show', ...needed]);
  return Object.fromEntries(
    listing.stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t')),
  );
}

/** Files of an installed package whose path matches. */
export async function filesOf(name: DebianPackage, pattern: RegExp): Promise<readonly string[]> {
  const files = (await run(['dpkg', '--listfiles', name])).split('\n');
  return files.filter((file) => pattern.test(file));
}

async function isInstalled(name: string): Promise<boolean> {
  const { stdout } = await tryRun(['dpkg', '--status', name]);
  return stdout.includes('Status: install ok installed');
}
