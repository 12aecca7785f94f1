/** Finds names that Kubernetes, Istio, Flux and Argo CD give to objects of their own. */
import { TOOLS } from '../../delivery/settings-catalog';
import type { TakenName } from '../../delivery/tool-settings';
import type { FleetDraft } from '../fleet-draft';
import type { WorkloadDraft } from '../workloads/resolve-workloads';
import { defineRule } from './rule';

export const nameTaken = defineRule({
  code: 'name-taken',
  severity: 'error',
  looksFor:
    'a name that another program uses for an object of its own: the Service default/kubernetes, the ServiceAccount default, Secrets of istiod, the objects of the bootstrap of Flux, the project default of Argo CD',
  why: 'the output and the other program would overwrite each other. For example, clients of the API server would reach a workload, or istiod would sign with the certificate of a host.',
  source:
    'kubernetes pkg/controlplane/controller/kubernetesservice and pkg/controller/serviceaccount; istio pilot/pkg/bootstrap/istio_ca.go; flux2 cmd/flux/bootstrap_git.go; https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',
  example: { name: 'kubernetes', because: 'the Service default/kubernetes belongs to the API server' },
  check: (draft, find) => {
    for (const { path, name, because, atKey } of [...draft.workloads.flatMap(ofWorkload), ...ofDelivery(draft)]) {
      find(path, { name, because }, { atKey });
    }
  },
});

interface Taken extends TakenName {
  /** Whether the name is the key that ends the path. */
  readonly atKey?: boolean;
}

/** Clashes of a workload with names of Kubernetes and Istio. */
function ofWorkload({
  name,
  kind,
  namespace,
  serviceAccount,
  written,
  place,
  ...draft
}: WorkloadDraft): readonly Taken[] {
  const { service, credential } = written;
  const at = (key: 'service' | 'serviceAccount', because: string): Taken =>
    written[key] === undefined
      ? { path: place, name, because, atKey: true }
      : { path: [...place, key], name: written[key], because };
  const services = [
    draft.entry?.service,
    service,
    ...draft.components.flatMap((made) => (made.port ? [made.name] : [])),
  ];
  return [
    ...(namespace === 'default' && services.includes('kubernetes')
      ? [at('service', 'the Service default/kubernetes belongs to the API server')]
      : []),
    ...(kind === 'image' && serviceAccount === 'default'
      ? [at('serviceAccount', 'Kubernetes creates this ServiceAccount in each namespace, for pods that name none')]
      : []),
    ...(credential !== undefined && ISTIOD_SECRETS.includes(credential.secret)
      ? [
          {
            path: [...place, 'credential', 'secret'],
            name: credential.secret,
            because: 'istiod uses the certificate in this Secret as its own CA',
          },
        ]
      : []),
  ];
}

/** In Istio's namespace. @see istio pilot/pkg/bootstrap/istio_ca.go, security/pkg/pki/ca/ca.go CACertsSecret and CASecret */
const ISTIOD_SECRETS: readonly string[] = ['cacerts', 'istio-ca-secret'];

function ofDelivery({ written: { fleet, delivery: written }, delivery }: FleetDraft): readonly Taken[] {
  return TOOLS.flatMap((tool) => {
    const resolved = delivery?.[tool.name];
    return resolved === undefined ? [] : (tool.takenNames?.(resolved, written?.[tool.name] ?? {}, fleet) ?? []);
  });
}
