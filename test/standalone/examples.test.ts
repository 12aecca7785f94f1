import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromAFleet } from '../../docs/library/from-a-fleet';
import { wholeCluster } from '../../docs/library/whole-cluster';

const ROOT = join(__dirname, '..', '..');

test('the example of a whole cluster writes its objects', () => {
  const yaml = wholeCluster(join(ROOT, 'trust')).synthYaml();
  expect(yaml).toContain('kind: ClusterFederatedTrustDomain');
  expect(yaml).toContain('"ca_ttl": "48h"');
});

test('the example with a fleet file writes the objects of each cluster', () => {
  const yaml = fromAFleet(join(ROOT, 'fleet.yaml')).synthYaml();
  expect(yaml.match(/^kind: StatefulSet$/gm)).toHaveLength(2);
  expect(yaml.match(/^kind: ClusterFederatedTrustDomain$/gm)).toHaveLength(2);
});

test('docs/library.md shows every example as it runs', () => {
  const page = readFileSync(join(ROOT, 'docs', 'library.md'), 'utf8');
  const examples = readdirSync(join(ROOT, 'docs', 'library')).map((name) =>
    readFileSync(join(ROOT, 'docs', 'library', name), 'utf8'),
  );
  expect(examples.filter((example) => !page.includes(`\`\`\`ts\n${example}\`\`\``))).toEqual([]);
});
