/** Checks that objects wait only for objects of the output, and never in a circle. */
import { keyOf } from './cluster-objects';
import type { DeliveredObject } from './delivered-objects';
import type { OutputFault } from './output-fault';

type ByName = ReadonlyMap<string, DeliveredObject>;

/** Faults of objects that wait for an object which is not written, or, through others, for themselves. */
export function waitingFaults(objects: readonly DeliveredObject[]): readonly OutputFault[] {
  const waiting = objects.filter(({ waitsFor }) => waitsFor !== undefined);
  const byName: ByName = new Map(waiting.map((one) => [nameOf(one), one]));
  return waiting.flatMap((one) => {
    const fault = (reason: string): OutputFault => ({ file: one.file, object: keyOf(one.object), reason });
    return [
      ...needsOf(one)
        .filter((need) => !byName.has(need))
        .map((need) => fault(`waits for ${need}, which is not written`)),
      ...(reaches(one, nameOf(one), byName) ? [fault('waits for itself')] : []),
    ];
  });
}

function reaches(from: DeliveredObject, target: string, byName: ByName): boolean {
  const seen = new Set<string>();
  const open = [...needsOf(from)];
  for (let need = open.pop(); need !== undefined; need = open.pop()) {
    if (need === target) return true;
    if (seen.has(need)) continue;
    seen.add(need);
    const next = byName.get(need);
    if (next !== undefined) open.push(...needsOf(next));
  }
  return false;
}

function nameOf({ object: { kind, metadata } }: DeliveredObject): string {
  return `${kind} ${metadata.name}`;
}

/** An object waits for objects of its own kind. */
function needsOf({ object, waitsFor = [] }: DeliveredObject): readonly string[] {
  return waitsFor.map((name) => `${object.kind} ${name}`);
}
