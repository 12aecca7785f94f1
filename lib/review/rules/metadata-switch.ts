/** Finds labels and annotations that disable an object or change what it applies to. */
import { TOOLS } from '../../delivery/settings-catalog';
import { metadataKeys, type RiskRule } from './risk-rule';

const SWITCHES: readonly RegExp[] = [
  // Whether a policy is enforced, which istiod heeds it, and which pods get a proxy.
  /^istio\.io\/(dry-run|rev)$/,
  /^(sidecar|inject|traffic\.sidecar)\.istio\.io\//,
  // Whether GitOps tools apply it at all.
  ...TOOLS.map(({ annotations }) => annotations.apply),
  // As whom pods of a ServiceAccount act in a cloud.
  /^(eks\.amazonaws\.com|iam\.gke\.io|azure\.workload\.identity)\//,
  // Rights that other roles take over.
  /^rbac\.authorization\.k(8s|ubernetes)\.io\//,
];

export const metadataSwitch: RiskRule = {
  name: 'metadata-switch',
  risk: 'access',
  looksFor:
    'a label or an annotation that disables an object or grants rights, such as a dry run, a revision or a role',
  why: 'the object looks the same but no longer protects anything, or its pods act under another account.',
  assess: (change) =>
    metadataKeys(change)
      .filter(({ key }) => SWITCHES.some((one) => one.test(key)))
      .map(({ key, action }) => `${key} ${action}: it can disable the object or change the rights that it grants`),
};
