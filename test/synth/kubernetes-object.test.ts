import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { kubernetesObjectOf } from '../../lib/synth/kubernetes-object';

const service = (port: number, targetPort = k8s.IntOrString.fromNumber(port)): k8s.KubeService =>
  new k8s.KubeService(new Chart(new App(), 'chart'), 'service', {
    metadata: { name: 'echo' },
    spec: { ports: [{ port, targetPort }] },
  });

test('makes equal objects once, whatever charts they stand in', () => {
  const made = kubernetesObjectOf(service(80));
  expect(kubernetesObjectOf(service(80))).toBe(made);
  expect(made).toEqual(service(80).toJson());
});

test('tells objects apart by any of their props', () => {
  const others = [service(81), service(80, k8s.IntOrString.fromString('http'))];
  expect(others.map(kubernetesObjectOf)).toEqual(others.map((object) => object.toJson()));
  const account = new k8s.KubeServiceAccount(new Chart(new App(), 'chart'), 'account', { metadata: { name: 'echo' } });
  expect(kubernetesObjectOf(account)).toMatchObject({ kind: 'ServiceAccount', metadata: { name: 'echo' } });
});
