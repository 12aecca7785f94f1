/** Finds called workloads with a SPIFFE ID that Istio does not expect. */
import { isIn, istioSpiffeId } from '../spire/spiffe-id';
import { defineRule } from './rule';

export const spiffeIdNotIstio = defineRule({
  code: 'spiffe-id-not-istio',
  severity: 'error',
  looksFor: 'a spiffeId of a workload that others call and that runs in the mesh',
  why: "Istio expects the SPIFFE ID spiffe://<trust domain>/ns/<namespace>/sa/<service account> of every server. Callers' proxies refuse any other.",
  source: 'https://istio.io/latest/docs/ops/integrations/spire/',
  example: {
    spiffeId: 'spiffe://cluster1.demo/shop',
    wanted: 'spiffe://cluster1.demo/ns/shop/sa/shop',
    workload: 'shop',
  },
  check: ({ calls }, find) => {
    const called = new Set(calls.map((call) => call.called));
    for (const { name, trustDomain, namespace, serviceAccount, spiffeId, proxied, place } of called) {
      const wanted = istioSpiffeId(trustDomain, namespace, serviceAccount);
      // An ID of another trust domain has a rule of its own.
      if (!proxied || spiffeId === wanted || !isIn(trustDomain, spiffeId)) continue;
      find([...place, 'spiffeId'], { spiffeId, wanted, workload: name });
    }
  },
});
