import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { kubernetesObjectOf } from '../../lib/synth/kubernetes-object';
import { ManifestChart } from '../../lib/synth/manifest-file';
import { synthesize } from '../../lib/synth/synthesize';
import { NOW } from '../support';

const ROOT = join(__dirname, '..', '..');
const FLEETS = ['.', ...readdirSync(join(ROOT, 'examples')).map((name) => join('examples', name))];

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

test('makes an object once again that does not come again for long', () => {
  const made = kubernetesObjectOf(service(1));
  for (let port = 1000; port < 1100; port++) kubernetesObjectOf(service(port));
  expect(kubernetesObjectOf(service(1))).not.toBe(made);
});

test.each(FLEETS)('says of every object of the fleet in %s what cdk8s says, in its order', (folder) => {
  const ours: string[] = [];
  const theirs: string[] = [];
  jest.spyOn(ManifestChart.prototype, 'toManifestFile').mockImplementation(function (this: ManifestChart) {
    const constructs = this.node.findAll().filter(ApiObject.isApiObject);
    const objects = constructs.map(kubernetesObjectOf);
    ours.push(...objects.map((object) => JSON.stringify(object)));
    theirs.push(...constructs.map((construct) => JSON.stringify(construct.toJson())));
    return { path: this.path, layer: this.layer, objects };
  });
  expect(synthesize(join(ROOT, folder, 'fleet.yaml'), { now: NOW }).faults).toEqual([]);
  expect(ours.length).toBeGreaterThan(40);
  expect(ours).toEqual(theirs);
});
