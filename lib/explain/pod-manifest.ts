/** Reads the manifest of a Pod from a person's input, or reports why it is not one. */
import * as z from 'zod';
import { describeValue, wantedType } from '../fleet/check-shape';
import { parseFleet } from '../fleet/parse';
import { privateKeyProblem } from '../fleet/private-key-problem';
import { MULTIPLE_DOCUMENTS } from '../fleet/syntax-problems';
import type { FleetPath, Problem } from '../problems/problem';
import { problem, problemAt } from '../problems/problem';
import type { Source } from '../problems/render';

/** A pod as written in a manifest, or as it runs in a cluster. */
export interface PodManifest {
  /** @default - no name yet; the controller generates it */
  readonly name?: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Whether the pod exists in a cluster, so that Istio no longer injects anything. */
  readonly exists: boolean;
  readonly serviceAccount: string;
  readonly hostNetwork: boolean;
  /** Names of the volumes of the given CSI driver. */
  readonly socketVolumes: readonly string[];
  /** Containers and init containers, with the volumes that each mounts. */
  readonly containers: readonly { readonly name: string; readonly mounts: readonly string[] }[];
}

export type ReadManifest =
  | { readonly manifest: PodManifest }
  | { readonly problems: readonly Problem[]; readonly source: Source };

/** The name of the standard input in problems. */
const STANDARD_INPUT = 'standard input';

const texts = z.record(z.string(), z.string()).nullish();
const containers = z
  .array(z.object({ name: z.string(), volumeMounts: z.array(z.object({ name: z.string() })).nullish() }))
  .nullish();

/** Kubernetes accepts null in place of an empty list or map. */
const podSchema = z.object({
  metadata: z.object({
    name: z.string().nullish(),
    namespace: z.string().nullish(),
    uid: z.string().nullish(),
    labels: texts,
    annotations: texts,
  }),
  spec: z.object({
    serviceAccountName: z.string().nullish(),
    serviceAccount: z.string().nullish(),
    hostNetwork: z.boolean().nullish(),
    volumes: z.array(z.object({ name: z.string(), csi: z.object({ driver: z.string() }).nullish() })).nullish(),
    containers,
    initContainers: containers,
  }),
});

/**
 * @param text YAML or JSON
 * @param driver CSI driver whose volumes count
 */
export function readPodManifest(text: string, driver: string): ReadManifest {
  const { document, source, problems } = parseFleet(text, STANDARD_INPUT);
  const read = readDocument(document, problems, driver);
  if (!('problems' in read)) return read;
  // No problem may print a private key.
  const leaked = privateKeyProblem(STANDARD_INPUT, { text, document, source });
  return { source, problems: leaked === undefined ? read.problems : [leaked] };
}

function readDocument(
  document: unknown,
  problems: readonly Problem[],
  driver: string,
): { readonly manifest: PodManifest } | { readonly problems: readonly Problem[] } {
  if (document === undefined) return { problems: problems.map(asPodProblem) };
  const kind = kindOf(document);
  if (kind !== 'Pod') return { problems: [notAPod(['kind'], kindWords(document, kind))] };
  const read = podSchema.safeParse(document, { reportInput: true });
  return read.success
    ? { manifest: manifestOf(read.data, driver) }
    : { problems: read.error.issues.map((issue) => shapeProblem(issue, document)) };
}

function manifestOf({ metadata, spec }: z.output<typeof podSchema>, driver: string): PodManifest {
  return {
    name: metadata.name ?? undefined,
    namespace: metadata.namespace || 'default',
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    exists: typeof metadata.uid === 'string',
    // The API server keeps the older of both keys equal to the newer one.
    serviceAccount: spec.serviceAccountName || spec.serviceAccount || 'default',
    hostNetwork: spec.hostNetwork ?? false,
    socketVolumes: (spec.volumes ?? []).filter(({ csi }) => csi?.driver === driver).map(({ name }) => name),
    containers: [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ name, volumeMounts }) => ({
      name,
      mounts: (volumeMounts ?? []).map((mount) => mount.name),
    })),
  };
}

function kindOf(document: unknown): unknown {
  return typeof document === 'object' && document !== null ? (document as { readonly kind?: unknown }).kind : undefined;
}

function kindWords(document: unknown, kind: unknown): string {
  if (typeof kind === 'string' && kind !== '') return `an object of kind ${JSON.stringify(kind.slice(0, 80))}`;
  return typeof document === 'object' && document !== null && !Array.isArray(document)
    ? 'a map without the key kind'
    : describeValue(document);
}

function notAPod(path: FleetPath, got: string): Problem {
  return problemAt(path, 'not-a-pod', { got });
}

/** Rewords a problem from the reader of fleets for a Pod. */
function asPodProblem(found: Problem): Problem {
  if (found.code === 'empty-fleet') return notAPod([], 'nothing');
  return found.code === 'invalid-yaml' && found.facts.reason === MULTIPLE_DOCUMENTS
    ? problem(found.place, 'not-a-pod', { got: 'several documents' })
    : found;
}

function shapeProblem(issue: z.core.$ZodIssue, document: unknown): Problem {
  const path = issue.path as FleetPath;
  const got = path.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], document);
  const key = path.at(-1);
  if (got === undefined && typeof key === 'string') {
    return problemAt(path.slice(0, -1), 'missing-key', { key, of: 'a Pod' });
  }
  const expected = wantedType('expected' in issue ? String(issue.expected) : 'object', path);
  const isPlain = typeof got === 'number' || typeof got === 'boolean';
  const hint = expected === 'a string' && isPlain ? 'put it in quotes' : `write ${expected} here`;
  return problemAt(path, 'wrong-type', { expected, got: describeValue(got), hint });
}
