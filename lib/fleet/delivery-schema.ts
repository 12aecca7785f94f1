/** Describes what a fleet file may say of the GitOps tools that apply its output. */
import * as z from 'zod';
import * as deliveryFormats from '../formats/delivery-formats';
import * as durations from '../formats/duration-formats';
import * as formats from '../formats/formats';
import { mapOf, text } from '../formats/schema-kit';
import { DEFAULTS } from './defaults';

const flux = z
  .strictObject({
    runs: z
      .enum(['in-each-cluster', 'in-one-cluster'])
      .optional()
      .describe(
        `Whether every cluster has a Flux that applies its own part, or one Flux applies all, which finds a kubeconfig of each cluster in a Secret. Default: ${DEFAULTS.delivery.flux.runs}.`,
      )
      .meta({ default: DEFAULTS.delivery.flux.runs }),
    namespace: text(
      formats.dnsLabel,
      `Namespace of Flux, its objects and Secrets. Default: ${DEFAULTS.delivery.flux.namespace}.`,
      DEFAULTS.delivery.flux.namespace,
    )
      .optional()
      .meta({ default: DEFAULTS.delivery.flux.namespace }),
    secret: text(
      formats.objectName,
      'Secret there with credentials for repo. Default: none, repo is public.',
      'fleet-repository',
    ).optional(),
    poll: text(
      durations.poll,
      `How often it looks for commits. ${durations.boundsOf(durations.poll)} Default: ${DEFAULTS.delivery.flux.poll}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.delivery.flux.poll }),
    interval: text(
      durations.interval,
      `How often it compares a cluster with the repository when nothing was committed. ${durations.boundsOf(durations.interval)} Default: ${DEFAULTS.delivery.flux.interval}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.delivery.flux.interval }),
  })
  .describe('How Flux applies the output.');

const argocd = z
  .strictObject({
    namespace: text(
      formats.dnsLabel,
      `Namespace of Argo CD. Default: ${DEFAULTS.delivery.argocd.namespace}.`,
      DEFAULTS.delivery.argocd.namespace,
    )
      .optional()
      .meta({ default: DEFAULTS.delivery.argocd.namespace }),
    project: text(
      formats.dnsLabel,
      'Project that is made for the fleet. Default: the name of the fleet.',
      'shop',
    ).optional(),
    parentProject: text(
      formats.dnsLabel,
      `Existing project of the one Application that keeps the others up to date. Default: ${DEFAULTS.delivery.argocd.parentProject}.`,
      DEFAULTS.delivery.argocd.parentProject,
    )
      .optional()
      .meta({ default: DEFAULTS.delivery.argocd.parentProject }),
    clusterNames: mapOf(
      text(formats.shortName, 'A cluster.'),
      text(formats.dnsName, 'What Argo CD calls it, such as in-cluster.', 'in-cluster'),
    )
      .optional()
      .describe('Names by which Argo CD knows clusters, where they differ. Default: the names in this file.'),
  })
  .describe('How Argo CD applies the output.');

export const delivery = z
  .strictObject({
    repo: text(deliveryFormats.gitUrl, 'Git repository that the output is committed to.'),
    tools: z
      .array(z.enum(['argocd', 'flux']))
      .min(1)
      .max(2)
      .describe('Tools that apply it; argocd/ and flux/ of the output are for them.'),
    branch: text(deliveryFormats.branch, `Branch that is applied. Default: ${DEFAULTS.delivery.branch}.`)
      .optional()
      .meta({ default: DEFAULTS.delivery.branch }),
    path: text(
      deliveryFormats.repositoryFolder,
      `Folder of the output in the repository. Default: ${DEFAULTS.delivery.path}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.delivery.path }),
    charts: text(deliveryFormats.chartUrl, `Repository of Istio's charts. Default: ${DEFAULTS.delivery.charts}.`)
      .optional()
      .meta({ default: DEFAULTS.delivery.charts }),
    flux: flux.optional(),
    argocd: argocd.optional(),
  })
  .describe('GitOps tools that apply the output, and where they find it. Default: nothing is written for them.');
