import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { kubernetesObjectOf } from '../../lib/manifests/kubernetes-object';
import { ManifestChart } from '../../lib/manifests/manifest-file';
import { synthesize } from '../../lib/output/synthesize';
import { NOW } from '../support';

const ROOT = join(__dirname, '..', '..');
const FLEETS = ['.', ...readdirSync(join(ROOT, 'examples')).map((name) => join('examples', name))];

const service = (port: number, targetPort = k8s.IntOrString.fromNumber(port)): k8s.KubeService =>
  new k8s.KubeService(new Chart(new App(), 'chart'), 'service', {
    metadata: { name: 'echo' },
    spec: { ports: [{ port, targetPort }] },
  });

test('says of an object what cdk8s says of it', () => {
  const objects = [service(80), service(81), service(80, k8s.IntOrString.fromString('http'))];
  expect(objects.map(kubernetesObjectOf)).toEqual(objects.map((object) => object.toJson()));
});

test('says of every object of every fleet what cdk8s says, in its order', () => {
  const ours: string[] = [];
  const theirs: string[] = [];
  const { toManifestFile } = ManifestChart.prototype;
  jest.spyOn(ManifestChart.prototype, 'toManifestFile').mockImplementation(function (this: ManifestChart) {
    const constructs = this.node.findAll().filter(ApiObject.isApiObject);
    ours.push(...constructs.map((construct) => JSON.stringify(kubernetesObjectOf(construct))));
    theirs.push(...constructs.map((construct) => JSON.stringify(construct.toJson())));
    return toManifestFile.call(this);
  });
  // What several of them have in common is made for the first alone.
  for (const folder of FLEETS) {
    expect(synthesize(join(ROOT, folder, 'fleet.yaml'), { now: NOW }).faults).toEqual([]);
  }
  expect(ours.length).toBeGreaterThan(200);
  expect(ours).toEqual(theirs);
});
