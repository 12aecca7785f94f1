/** The settings of Flux, which runs in every cluster or in one that applies all. */
import * as z from 'zod';
import { goDuration, seconds } from '../../formats/duration';
import * as durations from '../../formats/duration-formats';
import * as formats from '../../formats/formats';
import { text } from '../../formats/schema-kit';
import type { ResolvedTool, ToolSettings } from '../tool-settings';

const DEFAULTS = { runs: 'in-each-cluster', namespace: 'flux-system', poll: '1m', interval: '10m' } as const;

const settings = z
  .strictObject({
    runs: z
      .enum(['in-each-cluster', 'in-one-cluster'])
      .optional()
      .describe(
        `Whether every cluster has a Flux that applies its own part, or one Flux applies all, which finds a kubeconfig of each cluster in a Secret. Default: ${DEFAULTS.runs}.`,
      )
      .meta({ default: DEFAULTS.runs }),
    namespace: text(
      formats.dnsLabel,
      `Namespace of Flux, its objects and Secrets. Default: ${DEFAULTS.namespace}.`,
      DEFAULTS.namespace,
    )
      .optional()
      .meta({ default: DEFAULTS.namespace }),
    secret: text(
      formats.objectName,
      'Secret there with credentials for repo. Default: none, repo is public.',
      'fleet-repository',
    ).optional(),
    poll: text(
      durations.poll,
      `How often it looks for commits. ${durations.boundsOf(durations.poll)} Default: ${DEFAULTS.poll}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.poll }),
    interval: text(
      durations.interval,
      `How often it compares a cluster with the repository when nothing was committed. ${durations.boundsOf(durations.interval)} Default: ${DEFAULTS.interval}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.interval }),
  })
  .describe('How Flux applies the output.');

export interface ResolvedFlux extends ResolvedTool {
  /** Whether one Flux applies all clusters, rather than each its own. */
  readonly central: boolean;
  /** Secret with credentials for the repository. */
  readonly secret?: string;
  /** How often Flux looks for commits, as Go's time.ParseDuration reads it. */
  readonly poll: string;
  /** How often Flux compares a cluster with the repository, as Go's time.ParseDuration reads it. */
  readonly interval: string;
}

export const fluxSettings = {
  name: 'flux',
  title: 'Flux',
  settings,
  resolve: (written: z.infer<typeof settings>): ResolvedFlux => ({
    central: (written.runs ?? DEFAULTS.runs) === 'in-one-cluster',
    namespace: written.namespace ?? DEFAULTS.namespace,
    secret: written.secret,
    poll: goDuration(seconds(written.poll ?? DEFAULTS.poll)),
    interval: goDuration(seconds(written.interval ?? DEFAULTS.interval)),
  }),
  /** @see flux2 cmd/flux/bootstrap_git.go */
  takenNames: ({ namespace }, _written, fleet) =>
    namespace === fleet
      ? [
          {
            path: ['fleet'],
            name: fleet,
            because: 'flux bootstrap creates a GitRepository and a Kustomization with the name of its namespace',
          },
        ]
      : [],
  /** A central Flux finds kubeconfigs beside the credentials for the repository. */
  secrets: ({ central, secret }: ResolvedFlux, clusters) =>
    secret === undefined || !central
      ? []
      : [
          ...clusters.map((cluster) => ({
            name: kubeconfigSecret(cluster),
            purpose: `kubeconfig of ${cluster}`,
            place: ['clusters', cluster],
          })),
          { name: secret, purpose: 'credentials for the repository', place: ['delivery', 'flux', 'secret'] },
        ],
  apiGroups: /\.toolkit\.fluxcd\.io$/,
  annotations: {
    prune: /^kustomize\.toolkit\.fluxcd\.io\/(prune|force)$/,
    apply: /^kustomize\.toolkit\.fluxcd\.io\/(reconcile|ssa)$/,
  },
} as const satisfies ToolSettings;

/** Secret in which a central Flux finds the kubeconfig of a cluster, under the key `value`. */
export function kubeconfigSecret(cluster: string): string {
  return `${cluster}-kubeconfig`;
}
