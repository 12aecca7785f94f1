import { importedCrds } from '../../lib/schemas/crds';
import { SpireCrds } from '../../lib/spire/spire-crds';
import { objectsOf } from '../manifests';

const objects = objectsOf((scope) => new SpireCrds(scope, 'crds'));

test('are the three kinds that the controller manager serves', () => {
  expect(objects.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
    ['CustomResourceDefinition', 'clusterfederatedtrustdomains.spire.spiffe.io'],
    ['CustomResourceDefinition', 'clusterspiffeids.spire.spiffe.io'],
    ['CustomResourceDefinition', 'clusterstaticentries.spire.spiffe.io'],
  ]);
});

test('keep every rule of their schemas, those of Kubernetes among them', () => {
  expect(objects).toEqual(importedCrds('spire'));
  expect(JSON.stringify(objects)).toContain('x-kubernetes-');
});
