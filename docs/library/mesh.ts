/** Istio with identities of SPIRE, and a workload that another trust domain calls, in a cdk8s app without a fleet file. */
import { App, Chart } from 'cdk8s';
import {
  AddressPool,
  GatewayHost,
  helmValues,
  IstioOperator,
  LabelledNamespace,
  MeshMutualTls,
  ProxyGuard,
  RemoteHost,
  Workload,
  WorkloadAccess,
  WorkloadIdentity,
} from 'cdk8s-spire';

/** The objects of the mesh, and Istio's installation: for istioctl, or as values of its Helm charts. */
export function mesh(): {
  readonly app: App;
  readonly istioctl: App;
  readonly charts: Readonly<Record<string, object>>;
} {
  const app = new App();
  const chart = new Chart(app, 'mesh');
  const loadBalancer = { metallb: { addresses: ['192.0.2.8/30'] } };
  const istio = { trustDomain: 'a.example', name: 'east', gateway: { address: '192.0.2.10' }, loadBalancer };
  new AddressPool(chart, 'addresses', loadBalancer);
  new LabelledNamespace(chart, 'istio-system', { podSecurity: 'baseline' });
  new MeshMutualTls(chart, 'mutual-tls');
  new ProxyGuard(chart, 'proxy-guard');

  new LabelledNamespace(chart, 'shop', { podSecurity: 'privileged', injection: 'enabled' });
  new Workload(chart, 'shop-deployment', { name: 'shop', image: 'registry.example.org/shop:1.4.2', port: 8080 });
  const podLabels = { 'spiffe.io/spire-managed-identity': 'shop' };
  new WorkloadIdentity(chart, 'shop-identity', { podLabels, namespace: 'shop', serviceAccount: 'shop' });
  new WorkloadAccess(chart, 'shop-access', {
    workload: 'shop',
    callers: ['spiffe://a.example/ns/istio-system/sa/istio-ingressgateway-service-account'],
  });

  // Another trust domain calls the shop at the gateway, and the shop calls the bank at the gateway there.
  new GatewayHost(chart, 'shop-host', {
    workload: 'shop',
    host: 'shop.a.example',
    port: 8080,
    callers: ['spiffe://bank.example/ns/orders/sa/orders'],
  });
  new RemoteHost(chart, 'bank', {
    host: 'bank.example',
    namespace: 'shop',
    gatewayAddress: '198.51.100.7',
    serverSpiffeId: 'spiffe://bank.example/ns/istio-system/sa/istio-ingressgateway-service-account',
  });

  const istioctl = new App();
  new IstioOperator(new Chart(istioctl, 'istio-operator'), 'istio', istio);
  return { app, istioctl, charts: helmValues(istio) };
}
