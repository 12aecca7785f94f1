/** The schema of one cluster in the lock: the keys that the next synthesis reads. */
import * as z from 'zod';
import type { PreviousCluster } from '../model/previous-fleet';

const text = z.string().min(1);

/** A release number of SPIRE or Istio. */
const version = z.string().regex(/^\d+\.\d+\.\d+$/);

const peer = z.object({ trustDomain: text, url: text, profile: text, authorities: z.string() });

const cluster = z.object({
  trustDomain: text,
  spire: version,
  agent: version,
  istio: version.optional(),
  serverNamespace: text,
  storage: z.object({ size: text, storageClass: text.optional() }).optional(),
  datastore: text.optional(),
  keyManager: text.optional(),
  peers: z.unknown(),
});

/** Ignores keys that a newer version added. */
export function readLockedCluster(value: unknown): PreviousCluster | undefined {
  const read = cluster.safeParse(value);
  const peers = read.success ? readMembers(read.data.peers, readPeer) : undefined;
  return read.success && peers !== undefined ? { ...read.data, peers } : undefined;
}

function readPeer(value: unknown): PreviousCluster['peers'][string] | undefined {
  return peer.safeParse(value).data;
}

/**
 * A map whose keys are names that people chose. It has no inherited keys, so a peer may have any name.
 * @returns undefined if a member cannot be read
 */
function readMembers<Member>(
  value: unknown,
  read: (member: unknown) => Member | undefined,
): Readonly<Record<string, Member>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = Object.create(null) as Record<string, Member>;
  for (const [name, member] of Object.entries(value)) {
    const known = read(member);
    if (known === undefined) return undefined;
    members[name] = known;
  }
  return members;
}
