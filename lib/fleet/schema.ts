/** The schema of the fleet file: its keys, their types and limits, and what each key means. */
import * as z from 'zod';
import * as durations from '../formats/duration-formats';
import * as formats from '../formats/formats';
import { named, text } from '../formats/schema-kit';
import { cluster, istio, spire } from './cluster-schema';
import { DEFAULTS } from './defaults';
import { delivery } from './delivery-schema';
import { federation, partner, waiver } from './federation-schema';
import { observability } from './observability-schema';
import { platform } from './platform-schema';
import { versions } from './versions-schema';
import { workload } from './workload-schema';

/** The whole fleet file. */
export const fleetSchema = z
  .strictObject({
    fleet: text(formats.shortName, 'Name of the fleet.', 'shop'),
    platform: platform.optional(),
    versions: versions.optional(),
    spire: spire.optional(),
    istio: istio.optional(),
    observability,
    clusters: named(cluster, 'The clusters, by name. The name is also the name of the output folder.'),
    partners: named(partner, 'Trust domains outside of this fleet, by name.', 'bank').optional(),
    federation: z.array(federation).max(10000).optional().describe('Which clusters federate.'),
    workloads: named(workload, 'The workloads, by name.', 'checkout').optional(),
    delivery: delivery.optional(),
    trustHorizon: text(
      durations.trustHorizon,
      `Certificates of roots and bundles that end sooner are reported. ${durations.boundsOf(durations.trustHorizon)} Default: ${DEFAULTS.trustHorizon}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.trustHorizon }),
    waivers: z
      .array(waiver)
      .max(1000)
      .optional()
      .describe('Rules that do not hold at some places, each with a reason.'),
  })
  .describe('Trust domains, clusters and who calls whom.');

/** The fleet as written, before defaults. */
export type Fleet = z.output<typeof fleetSchema>;
export type FleetCluster = z.output<typeof cluster>;
export type FleetWorkload = z.output<typeof workload>;
export type FleetVersions = z.output<typeof versions>;
export type FleetSpire = z.output<typeof spire>;
export type FleetPartner = z.output<typeof partner>;
export type FleetWaiver = z.output<typeof waiver>;
export type FleetFederation = z.output<typeof federation>;
export type FleetDelivery = z.output<typeof delivery>;
