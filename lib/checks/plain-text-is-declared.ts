/** Checks that a mesh accepts only mutual TLS, except where the fleet declares plain text. */

import { type MutualTlsSpec, takesPlainText } from '../model/istio/plain-text';
import { ISTIO } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
import type { PlacedObject } from './cluster-objects';
import type { OutputRule } from './output-rule';

interface PeerAuthenticationSpec extends MutualTlsSpec {
  readonly selector?: object;
}

export const plainTextIsDeclared: OutputRule = {
  name: 'plain-text-is-declared',
  looksFor:
    'a mesh that does not require mutual TLS, or a PeerAuthentication that accepts plain text without a plainText in the fleet',
  why: 'proxies of Istio accept plain text by default, so callers are not authenticated.',
  source: 'istio pilot/pkg/security/authn/policy_applier.go: PERMISSIVE where no PeerAuthentication says otherwise',
  check: (objects, cluster, report) => {
    if (cluster.istio === undefined) return;
    const all = objects.ofKind('PeerAuthentication');
    const ofMesh = all.find(({ object }) => object.metadata.namespace === ISTIO.namespace && isForAll(object));
    const [installation] = objects.ofKind('IstioOperator');
    if (ofMesh === undefined && installation !== undefined)
      report(installation, 'belongs to a mesh in which no PeerAuthentication requires mutual TLS');
    for (const placed of all) {
      if (takesPlainText(specOf(placed.object)) && !isDeclared(placed, cluster))
        report(placed, 'accepts plain text, but the fleet does not declare it');
    }
  },
};

function specOf({ spec }: PlacedObject['object']): PeerAuthenticationSpec {
  return (spec ?? {}) as PeerAuthenticationSpec;
}

const isForAll = (object: PlacedObject['object']): boolean => specOf(object).selector === undefined;

function isDeclared({ object }: PlacedObject, { istio, workloads }: ResolvedCluster): boolean {
  const { namespace, name } = object.metadata;
  if (isForAll(object)) return istio?.plainText.some((one) => one.namespace === namespace) ?? false;
  return workloads
    .filter((workload) => workload.namespace === namespace)
    .some(({ access }) => access.some((one) => one.name === name && one.plainText !== undefined));
}
