/** The annotations that Argo CD needs on the objects of a layer: the sync wave, and protection from removal. */
import { renderYaml } from '../../model/configuration';
import type { Layer } from '../../model/delivery/layers';
import { SPIRE_SERVER } from '../../model/names';
import type { KustomizePatch } from '../tool-output';
import { SYNC_WAVE, waveOf } from './argocd-waves';

const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
const KEPT = 'Prune=false,Delete=false';

/**
 * A namespace stays when its workload is removed, until a person removes it. Argo CD must not take that for a difference
 * and sync again. CRDs and servers that the output no longer has stay too, but Argo CD shows them, so that a person sees it.
 */
const LEFT_BEHIND = { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' };

/** Sync options. Removing a CRD deletes its resources, removing a namespace its objects, and removing the server all identities. */
const OPTIONS: Readonly<Partial<Record<Layer, string>>> = {
  crds: KEPT,
  namespaces: KEPT,
  'spire-server': 'Delete=false',
  'spire-agent': 'Delete=false',
  // Their CRDs come from the same sync, from Istio's charts or from MetalLB, and may not be there yet.
  identities: 'SkipDryRunOnMissingResource=true',
  istio: 'SkipDryRunOnMissingResource=true',
  edge: 'SkipDryRunOnMissingResource=true',
};

/** Patches for every object of a layer. They are in an overlay, because other tools apply the layer as it is. */
export function argoCdPatches(layer: Layer): readonly KustomizePatch[] {
  const options = OPTIONS[layer];
  const annotations = {
    [SYNC_WAVE]: waveOf(layer),
    ...(options !== undefined && { [SYNC_OPTIONS]: options }),
    ...(layer === 'namespaces' && LEFT_BEHIND),
  };
  return [
    annotate({ kind: '.*' }, annotations),
    ...(layer === 'spire-server'
      ? [annotate({ kind: 'StatefulSet', name: SPIRE_SERVER.name }, { [SYNC_OPTIONS]: KEPT })]
      : []),
  ];
}

/** The target selects the objects. kustomize requires a kind and a name in the patch, and ignores them. */
function annotate(target: KustomizePatch['target'], annotations: Readonly<Record<string, string>>): KustomizePatch {
  const metadata = { name: 'any', annotations };
  return { target, patch: renderYaml({ apiVersion: 'v1', kind: 'Any', metadata }) };
}
