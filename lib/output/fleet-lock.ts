/** Writes and reads the fleet lock: decisions that are hard to change in a running fleet. The next synthesis compares with them. */

import type { PreviousCluster, PreviousFleet } from '../model/previous-fleet';
import type { ResolvedCluster, ResolvedFleet, ResolvedPeer } from '../model/resolved-fleet';
import { DEFAULT_DATASTORE } from '../spire-plugins/datastore/catalog';
import { DEFAULT_KEY_MANAGER } from '../spire-plugins/key-manager/catalog';
import { needsVolume } from '../spire-plugins/server-plugins';
import { conflictLine } from './conflict-markers';
import { readLockedCluster } from './lock-schema';
import { notice, type Origin } from './output-file';

/** The lock is beside the clusters' folders, where no tool applies it. */
export const LOCK_FILE = 'fleet.lock.yaml';

/** The lock of a full mesh of five hundred clusters is smaller. */
export const MAX_LOCK_BYTES = 64 * 1024 * 1024;

/** Renders YAML with one line of JSON for each cluster: fast to parse, and one line in a diff. */
export function renderLock(fleet: ResolvedFleet, origin: Origin): string {
  const lines = fleet.clusters.map((cluster) => `${JSON.stringify(cluster.name)}: ${JSON.stringify(lockOf(cluster))}`);
  return [`# ${notice(origin)}`, '# What the next synthesis compares with.', ...lines, ''].join('\n');
}

/** The content of a lock, or the reason why it cannot be read. */
export type ReadLock = { readonly fleet: PreviousFleet } | { readonly damage: LockDamage };

export interface LockDamage {
  /** As the end of "this lock file cannot be read: ". */
  readonly reason: string;
  /** @default - the file as a whole */
  readonly line?: number;
  /** Whether the lock holds conflict markers of Git. @default false */
  readonly conflict?: boolean;
}

/** The line of one cluster. Its name is a DNS label. */
const CLUSTER = /^"([^"\\]{1,63})": (\{.*\})$/;

/** Parses a lock. It is used only if every line has the form that this program writes. */
export function readLock(text: string): ReadLock {
  const conflict = conflictLine(text);
  if (conflict !== undefined) {
    return { damage: { reason: 'it has conflict markers of Git', line: conflict, conflict: true } };
  }
  const fleet = Object.create(null) as Record<string, PreviousCluster>;
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const read = readLine(line);
    if (read === undefined) return damage('this is no cluster as synth writes it', index + 1);
    if (Object.hasOwn(fleet, read.name)) return damage(`cluster "${read.name}" occurs here twice`, index + 1);
    fleet[read.name] = read.cluster;
  }
  // Every fleet has at least one cluster.
  return Object.keys(fleet).length === 0 ? damage('it contains no cluster') : { fleet };
}

function damage(reason: string, line?: number): ReadLock {
  return { damage: { reason, line } };
}

function readLine(line: string): { readonly name: string; readonly cluster: PreviousCluster } | undefined {
  const [, name = '', content = ''] = CLUSTER.exec(line) ?? [];
  try {
    const cluster = readLockedCluster(JSON.parse(content));
    return cluster && { name, cluster };
  } catch {
    return undefined;
  }
}

function lockOf({ trustDomain, spire, plugins, istio, peers }: ResolvedCluster): PreviousCluster {
  return {
    trustDomain,
    spire: spire.serverVersion,
    agent: spire.agentVersion,
    istio: istio?.version,
    serverNamespace: spire.serverNamespace,
    storage: needsVolume(plugins) ? spire.storage : undefined,
    datastore: unlessDefault(plugins.keys.datastore, DEFAULT_DATASTORE),
    keyManager: unlessDefault(plugins.keys.keyManager, DEFAULT_KEY_MANAGER),
    peers: Object.fromEntries(peers.map((peer) => [peer.cluster, lockOfPeer(peer)])),
  };
}

/** Older locks name no plugin, because there were only the defaults. */
function unlessDefault(key: string, byDefault: { readonly key: string }): string | undefined {
  return key === byDefault.key ? undefined : key;
}

function lockOfPeer({ trustDomain, url, profile, bundle }: ResolvedPeer): PreviousCluster['peers'][string] {
  const authorities = (bundle?.authorities ?? []).map(({ fingerprint }) => fingerprint).join(' ');
  return { trustDomain, url, profile, authorities };
}
