/** Checks each object by itself: its schema, its name, and values that must never be written. */
import { image as imageFormat } from '../formats/formats';
import { holdsPrivateKey } from '../problems/private-keys';
import { Schemas } from '../schemas/schemas';
import type { ClusterObjects, Container, PlacedObject } from './cluster-objects';
import { keyOf } from './cluster-objects';
import { findValues } from './find-values';
import { FindingCache } from './finding-cache';
import type { ReportFault } from './output-fault';
import type { CheckedCluster, OutputRule } from './output-rule';

export const objectContents: OutputRule<CheckedCluster> = {
  name: 'object-contents',
  looksFor:
    'an object that its schema refuses, that is written twice, that holds null, a private key or Secret data, or that runs an unpinned image',
  why: 'the apply fails half-way, a secret is committed, or another image runs tomorrow.',
  source: 'the OpenAPI descriptions and CRDs in imports/, from pinned modules',
  check: (objects, cluster, report) => checkContents(objects, cluster.kubernetes, report),
};

/** Kinds that only istioctl reads, so there is no schema for them. Their TypeScript types fix their shape. */
const NOT_IN_CLUSTER = new Set(['IstioOperator']);

function checkContents(objects: ClusterObjects, kubernetes: string, report: ReportFault): void {
  const findings = findingsOf(kubernetes);
  const seen = new Map<string, string>();
  for (const placed of objects.all) {
    const { file, object } = placed;
    const key = keyOf(object);
    const first = seen.get(key);
    if (first !== undefined) {
      report(placed, `is also in ${first}`);
    }
    seen.set(key, file);
    findings.report(placed, report);
  }
  for (const pod of objects.pods) {
    for (const container of [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]) {
      checkImage(container, pod, report);
    }
  }
}

const byVersion = new Map<string, FindingCache>();

/** The findings about single objects in this version of Kubernetes. */
function findingsOf(kubernetes: string): FindingCache {
  const known = byVersion.get(kubernetes);
  if (known !== undefined) return known;
  const schemas = Schemas.of(kubernetes);
  const findings = new FindingCache((object, find) => {
    const fault = NOT_IN_CLUSTER.has(object.kind) ? undefined : schemas.fault(object);
    if (fault !== undefined) find(fault);
    // The person creates Secrets in the cluster, so that none is committed.
    if (object.kind === 'Secret') find('is a Secret; Secrets are never part of the output');
    for (const { path, reason } of findValues(object, unwanted)) find(`${path || '/'} ${reason}`);
  });
  byVersion.set(kubernetes, findings);
  return findings;
}

/** Describes a value that no field may have; undefined for any other. */
function unwanted(value: unknown): string | undefined {
  if (value === null || value === undefined) return 'is null';
  return typeof value === 'string' && holdsPrivateKey(value) ? 'holds a private key' : undefined;
}

function checkImage({ name, image }: Container, placed: PlacedObject, report: ReportFault): void {
  const reason = imageFormat.check(image);
  if (reason !== undefined) {
    report(placed, `container ${name} runs the unpinned image ${image}: ${reason}`);
  }
}
