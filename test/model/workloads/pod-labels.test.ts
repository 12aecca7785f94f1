import type { ResolvedComponent, ResolvedWorkload } from '../../../lib/model/resolved-fleet';
import { componentSelector, podLabels } from '../../../lib/model/workloads/pod-labels';
import { loneCluster } from '../../resolved';

/** Components of Bookinfo and of an image, each with its workload. */
async function componentsOf(): Promise<readonly (readonly [ResolvedWorkload, ResolvedComponent])[]> {
  // The image has the name of a part of Bookinfo, and lives beside it.
  const images = 'details: { cluster: east, image: "d:1", namespace: shop }';
  const { workloads } = await loneCluster('', `shop: { cluster: east, preset: bookinfo }, ${images}`);
  return workloads.flatMap((workload) => workload.components.map((component) => [workload, component] as const));
}

const selects = (selector: object, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

test('selects the pods of a component in all its versions, and those of no other', async () => {
  const components = await componentsOf();
  for (const [workload, component] of components) {
    const selected = components.flatMap(([otherWorkload, other]) =>
      other.deployments
        .filter((deployment) =>
          selects(componentSelector(workload.name, component), podLabels(otherWorkload, other, deployment)),
        )
        .map(({ name }) => `${otherWorkload.name} ${name}`),
    );
    expect(selected).toEqual(component.deployments.map(({ name }) => `${workload.name} ${name}`));
  }
});

test('gives every pod the label by which its workload gets an identity', async () => {
  for (const [workload, component] of await componentsOf()) {
    for (const deployment of component.deployments) {
      expect(podLabels(workload, component, deployment)['spiffe.io/spire-managed-identity']).toBe(workload.name);
    }
  }
});
