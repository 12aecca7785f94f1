/** The policies of a set of pods: mutual TLS with its exceptions, and the callers that may reach them. */
import { Construct } from 'constructs';
import {
  AuthorizationPolicy,
  AuthorizationPolicySpecAction,
  type AuthorizationPolicySpecRules,
  PeerAuthentication,
  type PeerAuthenticationSpec,
  PeerAuthenticationSpecMtlsMode,
  PeerAuthenticationSpecPortLevelMtlsMode,
} from '../../imports/security.istio.io';
import { objectLabels } from '../model/names';
import type { ResolvedAccess } from '../model/resolved-fleet';
import { principal } from '../model/spire/spiffe-id';
import { type AccessSettings, completeAccess } from '../model/workloads/without-fleet';

/** A PeerAuthentication and an AuthorizationPolicy for the same pods. */
export class WorkloadAccess extends Construct {
  constructor(scope: Construct, id: string, settings: AccessSettings) {
    super(scope, id);
    const access = completeAccess(settings, id);
    const { name, namespace, workload } = access;
    const metadata = { name, namespace, labels: { ...objectLabels(name, workload) } };
    const rules = rulesOf(access);
    const selector = { matchLabels: { ...access.podLabels } };
    new PeerAuthentication(this, 'peer-authentication', {
      metadata,
      spec: { selector, ...mutualTls(access) },
    });
    new AuthorizationPolicy(this, 'authorization-policy', {
      metadata,
      spec: {
        selector,
        action: AuthorizationPolicySpecAction.ALLOW,
        // ALLOW without a rule allows nobody.
        rules: rules.length === 0 ? undefined : rules,
      },
    });
  }
}

/** Port by port where the exception names ports; a port without a mode of its own has the one of the pod. */
function mutualTls({ plainText }: ResolvedAccess): Pick<PeerAuthenticationSpec, 'mtls' | 'portLevelMtls'> {
  const { STRICT, PERMISSIVE } = PeerAuthenticationSpecMtlsMode;
  if (plainText === undefined) return { mtls: { mode: STRICT } };
  const { ports } = plainText;
  if (ports === undefined) return { mtls: { mode: PERMISSIVE } };
  return {
    mtls: { mode: STRICT },
    portLevelMtls: Object.fromEntries(
      ports.map((port) => [port, { mode: PeerAuthenticationSpecPortLevelMtlsMode.PERMISSIVE }]),
    ),
  };
}

/** A plain-text caller has no identity, so the exception admits everybody at its ports. */
function rulesOf({ callers, plainText }: ResolvedAccess): AuthorizationPolicySpecRules[] {
  const everybody =
    plainText?.ports === undefined ? {} : { to: [{ operation: { ports: plainText.ports.map(String) } }] };
  return [
    ...(callers.length === 0 ? [] : [{ from: [{ source: { principals: callers.map(principal) } }] }]),
    ...(plainText === undefined ? [] : [everybody]),
  ];
}
