/** Checks each object by itself: its schema, its name, and what must never be written. */
import { image as imageFormat } from '../../fleet/formats';
import { Schemas } from '../../imported/schemas';
import type { ClusterObjects, Container, PlacedObject } from './cluster-objects';
import { keyOf } from './cluster-objects';
import type { ReportFault } from './fault';
import type { OutputRule } from './output-rule';

export const contents: OutputRule = {
  name: 'contents',
  looksFor:
    'an object that the schemas of its Kubernetes or CRD refuse, that is written twice, holds null, a private key or Secret data, or runs an unpinned image',
  why: 'the apply fails half-way, or what is committed is a secret, or another image runs tomorrow.',
  source: 'the OpenAPI descriptions and CRDs in imports/, from pinned modules',
  check: (objects, cluster, report) => checkContents(objects, cluster.kubernetes, report),
};

/** Kinds that istioctl reads and no API server knows; their shape is fixed by the types that write them. */
const NOT_IN_CLUSTER = new Set(['IstioOperator']);

function checkContents(objects: ClusterObjects, kubernetes: string, report: ReportFault): void {
  const schemas = Schemas.of(kubernetes);
  const seen = new Map<string, string>();
  for (const placed of objects.all) {
    const { file, object } = placed;
    const first = seen.get(keyOf(object));
    if (first !== undefined) {
      report(placed, `is also in ${first}`);
    }
    seen.set(keyOf(object), file);
    const fault = NOT_IN_CLUSTER.has(object.kind) ? undefined : schemas.fault(object);
    if (fault !== undefined) {
      report(placed, fault);
    }
    checkSecrecy(placed, report);
    checkValues(placed, object, '', report);
  }
  for (const pod of objects.pods) {
    for (const container of [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]) {
      checkImage(container, pod, report);
    }
  }
}

/** Secrets are made by the person; none is committed. */
function checkSecrecy(placed: PlacedObject, report: ReportFault): void {
  const { object } = placed;
  if (object.kind === 'Secret') {
    report(placed, 'is a Secret; Secrets are never part of the output');
  }
}

function checkValues(placed: PlacedObject, value: unknown, path: string, report: ReportFault): void {
  if (value === null || value === undefined) {
    report(placed, `${path || '/'} is null`);
  } else if (typeof value === 'string' && /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----/.test(value)) {
    report(placed, `${path} holds a private key`);
  } else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      checkValues(placed, inner, `${path}/${key}`, report);
    }
  }
}

function checkImage({ name, image }: Container, placed: PlacedObject, report: ReportFault): void {
  const reason = imageFormat.check(image);
  if (reason !== undefined) {
    report(placed, `container ${name} runs the unpinned image ${image}: ${reason}`);
  }
}
