import { objectLabels, reservedNamespaces, selectorLabels } from '../../lib/model/names';

test('selects pods by labels that every object of the component carries', () => {
  expect(objectLabels('spire-server', 'spire')).toMatchObject(selectorLabels('spire-server'));
});

test('reserves the namespaces of Kubernetes, SPIRE, Istio and MetalLB, with their owners', () => {
  expect(Object.fromEntries(reservedNamespaces(['spire-server', 'spire-system']))).toEqual({
    'kube-system': 'Kubernetes',
    'kube-public': 'Kubernetes',
    'kube-node-lease': 'Kubernetes',
    'spire-server': 'SPIRE',
    'spire-system': 'SPIRE',
    'istio-system': 'Istio',
    'metallb-system': 'MetalLB',
  });
});
