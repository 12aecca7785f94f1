/** Diagrams of fleets that a test writes in a few words. */

import type { Diagram, DiagramEdge } from '../../lib/diagram/diagram';
import { buildFleetDiagram } from '../../lib/diagram/fleet-diagram';
import { resolveText } from '../resolved';

/** The diagram of a fleet, with a root made for each trust domain. */
export async function diagramOf(text: string): Promise<Diagram> {
  const { fleet, problems } = await resolveText(text);
  if (fleet === undefined) throw new Error(JSON.stringify(problems));
  return buildFleetDiagram(fleet);
}

/** Edges as `from kind to`, with their change before them. */
export const edgesOf = ({ edges }: Diagram): readonly string[] =>
  edges.map(({ from, kind, to, change }: DiagramEdge) => `${change ?? ''} ${from} ${kind} ${to}`.trim());

/** Boxes and frames as `name: what is in it`. */
export const groupsOf = ({ groups }: Diagram): readonly string[] =>
  groups.map(({ name, nodes, summary, change }) =>
    `${change ?? ''} ${name}: ${(summary ?? nodes.map(({ label }) => label.join(' '))).join(', ')}`.trim(),
  );

/** A hub with a gateway and a program, and spokes whose greeters call it. */
export function star(spokes: number, trust: (name: string) => string = () => ''): string {
  const names = Array.from({ length: spokes }, (_, index) => `spoke-${index + 1}`);
  return [
    'fleet: star',
    'clusters:',
    '  hub: { trustDomain: hub.test, bundleEndpoint: { address: 192.0.2.1 }, gateway: { address: 192.0.2.2 } }',
    ...names.map(
      (name, index) =>
        `  ${name}: { trustDomain: ${name}.test, bundleEndpoint: { address: 198.51.100.${index + 1} }${trust(name)} }`,
    ),
    'federation:',
    `  - { hub: hub, spokes: [${names.join(', ')}] }`,
    'workloads:',
    '  api: { cluster: hub, image: r.test/api:1.0.0, port: 8080, host: api.test }',
    ...names.map((name) => `  web-${name}: { cluster: ${name}, image: r.test/web:1.0.0, calls: [api] }`),
    '',
  ].join('\n');
}

/** Two clusters and a partner that trust each other in every way there is. */
export const EVERY_WAY = `
fleet: ways
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 }, gateway: { address: 192.0.2.21 } }
  north: { trustDomain: north.test, bundleEndpoint: { address: 192.0.2.30 } }
  south: { trustDomain: south.test, bundleEndpoint: { address: 192.0.2.40 } }
partners:
  bank:
    trustDomain: bank.test
    bundleEndpoint: { url: "https://spiffe.bank.test/", profile: https_web }
    gateway: { address: gateway.bank.test, spiffeId: /gateway }
federation:
  - between: [east, west]
  - between: [west, bank]
  - { trusting: north, trusted: [west] }
  - { between: [south, west], ended: true }
workloads:
  end: { cluster: east, image: r.test/end:1.0.0, calls: [a--b] }
  a--b: { cluster: west, image: r.test/ab:1.0.0, port: 8080, host: ab.test }
  shop: { cluster: west, image: r.test/shop:1.0.0, calls: [a--b, payments] }
  payments: { partner: bank, host: payments.bank.test }
`;
