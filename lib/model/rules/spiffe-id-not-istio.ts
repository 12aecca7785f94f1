/** Documents the rule against SPIFFE IDs that Istio does not expect. */
import { documentRule } from './rule';

export const spiffeIdNotIstio = documentRule({
  code: 'spiffe-id-not-istio',
  severity: 'error',
  looksFor: 'a chosen SPIFFE ID of a workload that is called inside the mesh',
  why: 'Istio expects spiffe://<trust domain>/ns/<namespace>/sa/<service account> of every server; callers refuse another.',
  source: 'https://istio.io/latest/docs/ops/integrations/spire/',
  example: {
    spiffeId: 'spiffe://cluster1.demo/shop',
    wanted: 'spiffe://cluster1.demo/ns/shop/sa/shop',
    workload: 'shop',
  },
});
