/** Installs what the live proof needs of Debian, and tells the versions. */
import { writeFileSync } from 'node:fs';
import { lastLines, run, tryRun } from './command';
import { UnfitMachine } from './requirements';

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

/** Packages that only some suites need. */
const GROUPS = {
  gitops: {
    git: 'serves the output, and fetches it for Argo CD',
    'redis-server': 'keeps what Argo CD has rendered',
  },
  production: {
    postgresql: 'the datastore of several servers',
  },
} as const;

export type DebianPackage = keyof typeof PACKAGES;
export type PackageGroup = keyof typeof GROUPS;

/**
 * Installs what is missing.
 * @returns the version of each package
 * @throws UnfitMachine where apt-get has no such package
 */
export async function installDebianPackages(
  group: PackageGroup | undefined,
  report: (line: string) => void,
): Promise<Readonly<Record<DebianPackage, string>>> {
  const missing: string[] = [];
  const needed = [...Object.keys(PACKAGES), ...(group === undefined ? [] : Object.keys(GROUPS[group]))];
  for (const name of needed) {
    if (!(await isInstalled(name))) missing.push(name);
  }
  if (missing.length > 0) {
    report(`installing ${missing.join(', ')}`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run(['apt-get', 'update', '-q'], { env, timeout: 300 });
    if (missing.includes('postgresql')) await preventDatabase();
    const install = ['apt-get', 'install', '-q', '-y', '--no-install-recommends', ...missing];
    const { code, stderr } = await tryRun(install, { env, timeout: 600 });
    if (code !== 0)
      throw new UnfitMachine(`apt-get does not install ${missing.join(', ')}: ${lastLines(stderr.trim(), 3)}`);
  }
  const listing = await tryRun(['dpkg-query', '--show', ...needed]);
  return Object.fromEntries(
    listing.stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t')),
  );
}

/** Debian's PostgreSQL makes and starts a database of its own when it is installed, unless this file forbids it. */
async function preventDatabase(): Promise<void> {
  await run(['mkdir', '-p', '/etc/postgresql-common']);
  writeFileSync('/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n');
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
