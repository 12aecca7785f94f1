/** The list of all risk rules, sorted by risk, highest first, then by name. */
import { admission } from './admission';
import { authorization } from './authorization';
import { autoscaler } from './autoscaler';
import { configMapRead } from './config-map-read';
import { crdVersionRemoved } from './crd-version-removed';
import { customResources } from './custom-resources';
import { dataRemoved } from './data-removed';
import { delivery } from './delivery';
import { deliveryRemoved } from './delivery-removed';
import { deliverySource } from './delivery-source';
import { deliveryTarget } from './delivery-target';
import { disruptionBudget } from './disruption-budget';
import { egress } from './egress';
import { exposure } from './exposure';
import { federatesWith } from './federates-with';
import { federation } from './federation';
import { gateway } from './gateway';
import { identity } from './identity';
import { identitySelectors } from './identity-selectors';
import { images } from './images';
import { immutableField } from './immutable-field';
import { intermediateCertificate } from './intermediate-certificate';
import { istioInstallation } from './istio-installation';
import { kustomizationSettings } from './kustomization-settings';
import { meshAccess } from './mesh-access';
import { meshTrust } from './mesh-trust';
import { metadataOnly } from './metadata-only';
import { metadataPrune } from './metadata-prune';
import { metadataSwitch } from './metadata-switch';
import { metrics } from './metrics';
import { mutualTls } from './mutual-tls';
import { neededByPods } from './needed-by-pods';
import { networkPolicy } from './network-policy';
import { neverApplied } from './never-applied';
import { notApplied } from './not-applied';
import { notUsedYet } from './not-used-yet';
import { page } from './page';
import { partnerPage } from './partner-page';
import { peerIdentity } from './peer-identity';
import { podSecurity } from './pod-security';
import { podTemplate } from './pod-template';
import { rbac } from './rbac';
import type { RiskRule } from './risk-rule';
import { rootChanged } from './root-changed';
import { serverState } from './server-state';
import { serverTrust } from './server-trust';
import { serviceFamily } from './service-family';
import { serviceFamilyNamed } from './service-family-named';
import { spireUpgradeOrder } from './spire-upgrade-order';
import { spireVersionStep } from './spire-version-step';
import { svidRenewal } from './svid-renewal';
import { trustDomainRenamed } from './trust-domain-renamed';
import { workloadSocket } from './workload-socket';

export const RISK_RULES: readonly RiskRule[] = [
  crdVersionRemoved,
  dataRemoved,
  deliveryRemoved,
  deliveryTarget,
  immutableField,
  metadataPrune,
  notApplied,
  serviceFamily,
  spireVersionStep,
  trustDomainRenamed,
  deliverySource,
  federatesWith,
  federation,
  identity,
  identitySelectors,
  meshTrust,
  partnerPage,
  peerIdentity,
  rootChanged,
  intermediateCertificate,
  serverState,
  serverTrust,
  workloadSocket,
  admission,
  authorization,
  exposure,
  gateway,
  meshAccess,
  metadataSwitch,
  mutualTls,
  networkPolicy,
  podSecurity,
  rbac,
  disruptionBudget,
  egress,
  autoscaler,
  configMapRead,
  customResources,
  delivery,
  images,
  istioInstallation,
  kustomizationSettings,
  neededByPods,
  podTemplate,
  spireUpgradeOrder,
  svidRenewal,
  metadataOnly,
  metrics,
  neverApplied,
  notUsedYet,
  page,
  serviceFamilyNamed,
];
