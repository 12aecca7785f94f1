/** How Argo CD applies each cluster: all layers and Istio's charts in one Application, so that sync waves order them. */
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  type ApplicationSpec,
  type ApplicationSpecSources,
  toJson_ApplicationSpec,
} from '../../../imports/argoproj.io';
import { ISTIO, ISTIO_FOLDER, ISTIO_RELEASES, objectLabels, releaseNamespace, SPIRE_SERVER } from '../../model/names';
import type { ResolvedDelivery } from '../../model/resolved-fleet';
import { type DeliveryProps, repositoryPath } from '../delivery-props';
import { ARGOCD_FOLDER, applicationName } from './argocd-names';
import type { ResolvedArgoCd } from './argocd-settings';
import { SYNC_WAVE, waveOf } from './argocd-waves';

export interface DeliveredApplication {
  readonly cluster: string;
  /** Namespace of the charts, and of objects that name no namespace. */
  readonly namespace: string;
  /** Version of Istio's charts; absent on a cluster without Istio. */
  readonly istio?: string;
  readonly hasCni: boolean;
  readonly hasGateway: boolean;
}

export interface ArgoCdApplicationsProps extends DeliveryProps {
  readonly argocd: ResolvedArgoCd;
  readonly applications: readonly DeliveredApplication[];
}

/** The part of the ApplicationSet API that the output uses. Generated classes would have 76,000 lines. A check validates the whole object. */
interface ApplicationSetSpec {
  readonly goTemplate: true;
  readonly goTemplateOptions: readonly string[];
  readonly generators: readonly { readonly list: ListGenerator }[];
  readonly template: Template;
  readonly syncPolicy: { readonly preserveResourcesOnDeletion: true; readonly applicationsSync: 'create-update' };
}

interface ListGenerator {
  readonly elements: readonly { readonly [parameter: string]: string }[];
  readonly template: Template;
}

interface Template {
  readonly metadata: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: { readonly [key: string]: string };
  };
  readonly spec: ReturnType<typeof toJson_ApplicationSpec>;
}

/**
 * One ApplicationSet.
 * - It lists the clusters by name. A new folder in the repository applies nothing, and a missing one removes nothing.
 * - Clusters that take other charts have another generator, whose sources are merged into the template.
 */
export class ArgoCdApplications extends Construct {
  constructor(scope: Construct, id: string, props: ArgoCdApplicationsProps) {
    super(scope, id);
    new ApplicationSetObject(this, 'applications', props.argocd.namespace, props.fleet, {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: SHAPES.flatMap((shape) => generatorOf(shape, props)),
      template: {
        metadata: {
          name: '{{ .application }}',
          namespace: props.argocd.namespace,
          labels: objectLabels('argocd', 'spire'),
        },
        spec: toJson_ApplicationSpec(commonSpec(props.argocd)),
      },
      // A cluster that is no longer in the fleet keeps its Application and everything on it until a person removes them.
      syncPolicy: { preserveResourcesOnDeletion: true, applicationsSync: 'create-update' },
    });
  }
}

class ApplicationSetObject extends ApiObject {
  constructor(scope: Construct, id: string, namespace: string, name: string, spec: ApplicationSetSpec) {
    super(scope, id, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: { name, namespace, labels: objectLabels('argocd', 'spire') },
      spec,
    });
  }
}

/** The combinations of charts that a cluster can take. */
const SHAPES = [
  { istio: false, cni: false, gateway: false },
  { istio: true, cni: false, gateway: false },
  { istio: true, cni: false, gateway: true },
  { istio: true, cni: true, gateway: false },
  { istio: true, cni: true, gateway: true },
] as const;

type Shape = (typeof SHAPES)[number];

function generatorOf(shape: Shape, props: ArgoCdApplicationsProps): ApplicationSetSpec['generators'] {
  const { fleet, delivery, argocd, applications } = props;
  const elements = applications
    .filter(({ istio }) => (istio !== undefined) === shape.istio)
    .filter(({ hasCni, hasGateway }) => hasCni === shape.cni && hasGateway === shape.gateway)
    .map(({ cluster, namespace, istio }) => ({
      application: applicationName(fleet, cluster),
      cluster,
      destination: argocd.clusterNames[cluster] ?? cluster,
      namespace,
      ...(istio !== undefined && { istio }),
    }));
  if (elements.length === 0) return [];
  // This template sets the sources. Argo CD takes its empty fields from the common template.
  const spec: ApplicationSpec = { project: '', destination: {}, sources: sourcesOf(shape, delivery) };
  return [{ list: { elements, template: { metadata: {}, spec: toJson_ApplicationSpec(spec) } } }];
}

function sourcesOf(shape: Shape, delivery: ResolvedDelivery): ApplicationSpecSources[] {
  const { repo: repoUrl, branch: targetRevision } = delivery;
  const layers = { repoUrl, targetRevision, path: repositoryPath(delivery, `${ARGOCD_FOLDER}/{{ .cluster }}`) };
  if (!shape.istio) return [layers];
  const values = { repoUrl, targetRevision, ref: 'values' };
  const chart = (name: keyof typeof ISTIO_RELEASES, valuesObject?: object): ApplicationSpecSources => ({
    repoUrl: chartRepository(delivery),
    chart: name,
    targetRevision: '{{ .istio }}',
    helm: {
      releaseName: ISTIO_RELEASES[name],
      valueFiles: [`$values/${repositoryPath(delivery, `${ISTIO_FOLDER}/{{ .cluster }}/${name}.values.yaml`)}`],
      // Objects that name no namespace go where the Application does.
      ...(releaseNamespace(name) !== ISTIO.namespace && { namespace: releaseNamespace(name) }),
      ...(valuesObject && { valuesObject }),
    },
  });
  const gateway = { annotations: { [SYNC_WAVE]: waveOf('istio-gateway') } };
  return [
    ...[layers, values, chart('base')],
    ...(shape.cni ? [chart('cni')] : []),
    chart('istiod'),
    ...(shape.gateway ? [chart('gateway', gateway)] : []),
  ];
}

/** Argo CD names a registry without its scheme. */
export function chartRepository({ charts }: Pick<ResolvedDelivery, 'charts'>): string {
  return charts.replace(/^oci:\/\//, '');
}

function commonSpec({ project }: ResolvedArgoCd): ApplicationSpec {
  return {
    project,
    destination: { name: '{{ .destination }}', namespace: '{{ .namespace }}' },
    ignoreDifferences: [...WRITTEN_BY_ISTIOD, WRITTEN_BY_KUBERNETES],
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      syncOptions: [
        // Istio's CRDs are too large for the annotation that a client-side apply writes.
        'ServerSideApply=true',
        'RespectIgnoreDifferences=true',
        // Two fleets on one cluster would overwrite each other's objects that have no namespace, again and again.
        'FailOnSharedResource=true',
      ],
      // Retry without end, because a missing Secret may be created at any time. A newer commit replaces the retry immediately.
      retry: { limit: -1, backoff: { duration: '10s', factor: 2, maxDuration: '3m' }, refresh: true },
    },
  };
}

/**
 * istiod sets the failure policy of its validating webhooks to Fail once it serves them. The charts install them with
 * Ignore, so that istiod can start. They are listed by name, because Argo CD does not apply a field that it
 * ignores, and the fleet chooses the policy of SPIRE's own webhook.
 */
const WRITTEN_BY_ISTIOD = ISTIO.validators.map((name) => ({
  group: 'admissionregistration.k8s.io',
  kind: 'ValidatingWebhookConfiguration',
  name,
  jqPathExpressions: ['.webhooks[]?.failurePolicy'],
}));

/** The API server adds these fields to the volume claim templates of a StatefulSet. Argo CD compares that list as a whole. */
const WRITTEN_BY_KUBERNETES = {
  group: 'apps',
  kind: 'StatefulSet',
  name: SPIRE_SERVER.name,
  jqPathExpressions: ['apiVersion', 'kind', 'status'].map((field) => `.spec.volumeClaimTemplates[]?.${field}`),
};
