import { componentSelector, podLabels } from '../../lib/model/pod-labels';
import type { ResolvedComponent } from '../../lib/model/resolved-fleet';
import { loneCluster } from '../resolved';

/** Components of Bookinfo and of an image, by the name of their workload. */
async function componentsOf(): Promise<readonly (readonly [string, ResolvedComponent])[]> {
  // The image has the name of a part of Bookinfo, and lives beside it.
  const images = 'details: { cluster: east, image: "d:1", namespace: shop }';
  const { workloads } = await loneCluster('', `shop: { cluster: east, preset: bookinfo }, ${images}`);
  return workloads.flatMap(({ name, components }) => components.map((component) => [name, component] as const));
}

const selects = (selector: object, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

test('selects the pods of a component in all its versions, and those of no other', async () => {
  const components = await componentsOf();
  for (const [workload, component] of components) {
    const selected = components.flatMap(([otherWorkload, other]) =>
      other.deployments
        .filter((deployment) =>
          selects(componentSelector(workload, component), podLabels(otherWorkload, other, deployment)),
        )
        .map(({ name }) => `${otherWorkload} ${name}`),
    );
    expect(selected).toEqual(component.deployments.map(({ name }) => `${workload} ${name}`));
  }
});

test('gives every pod the label by which its workload gets an identity', async () => {
  for (const [workload, component] of await componentsOf()) {
    for (const deployment of component.deployments) {
      expect(podLabels(workload, component, deployment)['spiffe.io/spire-managed-identity']).toBe(workload);
    }
  }
});
