/** Argo CD health checks for SPIRE's custom resources. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { completeArgoCd } from './argocd-props';

export interface ArgoCdHealthProps {
  /** Namespace of Argo CD. @default 'argocd' */
  readonly namespace?: string;
}

/**
 * The controller manager writes a status only where there is something to count, so a resource without one is healthy:
 * a rule that selects no pod must not hold up what comes after it.
 */
const CLUSTER_SPIFFE_ID = `hs = { status = "Healthy", message = "selects no pod yet" }
if obj.status ~= nil and obj.status.stats ~= nil then
  local stats = obj.status.stats
  local failed = (stats.entryFailures or 0) + (stats.podEntryRenderFailures or 0)
  if failed > 0 then
    hs.status = "Degraded"
    hs.message = tostring(failed) .. " entries failed"
  else
    hs.message = tostring(stats.entriesToSet or 0) .. " entries"
  end
end
return hs
`;

const CLUSTER_STATIC_ENTRY = `hs = { status = "Healthy", message = "" }
if obj.status ~= nil and (obj.status.rendered == false or obj.status.set == false) then
  hs.status = "Degraded"
  hs.message = "the entry could not be set"
end
return hs
`;

/** Keys for argocd-cm, the ConfigMap of Argo CD. It must be applied server-side, so that the other keys stay. */
export class ArgoCdHealth extends Construct {
  constructor(scope: Construct, id: string, props: ArgoCdHealthProps = {}) {
    super(scope, id);
    const { namespace } = completeArgoCd(props);
    const key = (kind: string): string => `resource.customizations.health.spire.spiffe.io_${kind}`;
    new k8s.KubeConfigMap(this, 'health', {
      // Argo CD finds its own ConfigMap by this label.
      metadata: { name: 'argocd-cm', namespace, labels: { 'app.kubernetes.io/part-of': 'argocd' } },
      data: {
        [key('ClusterSPIFFEID')]: CLUSTER_SPIFFE_ID,
        [key('ClusterStaticEntry')]: CLUSTER_STATIC_ENTRY,
      },
    });
  }
}
