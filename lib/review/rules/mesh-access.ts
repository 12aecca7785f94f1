/** Finds changed settings of Istio that decide which traffic enters or leaves a mesh. */
import { isIstioInstallation } from '../read-items';
import { fieldsNamed, type RiskRule } from './risk-rule';

const SAYS: Readonly<Record<string, string>> = {
  ingressGateways: 'the gateway, its ports or its address change',
  outboundTrafficPolicy: 'the hosts outside the mesh that pods can reach change',
  pathNormalization: 'paths are normalized in another way before policies match them',
  service: 'the gateway, its ports or its address change',
};

export const meshAccess: RiskRule = {
  name: 'mesh-access',
  risk: 'access',
  looksFor: 'another ingress gateway, outbound policy or path normalization in the installation of Istio',
  why: 'peers and callers use the address of the gateway that they were given. Policies match the path after it is normalized.',
  assess: (change) => {
    if (!isIstioInstallation(change.item)) return [];
    const says = Object.entries(SAYS).flatMap(([key, text]) => (fieldsNamed(change, key).length > 0 ? [text] : []));
    return [...new Set(says)];
  },
};
