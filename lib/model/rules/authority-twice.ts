/** Finds a second upstream authority. */
import type { Fleet } from '../../fleet/schema';
import type { FleetPath } from '../../problems/problem';
import { serverSetting } from '../settings';
import { placeOfAuthority } from '../trust/chosen-authority';
import { defineRule } from './rule';

const TYPE = 'UpstreamAuthority';

export const authorityTwice = defineRule({
  code: 'authority-twice',
  severity: 'error',
  looksFor: 'a plugin of the type UpstreamAuthority on a server that has an authority already',
  why: 'the server does not start: it loads one plugin of this type. Where trust and nestedUnder choose none, the plugin takes the place of the authority that reads a Secret.',
  source: 'spire pkg/server/catalog/upstreamauthority.go Constraints',
  example: { plugin: 'my_authority', first: ['clusters', 'cluster1', 'trust', 'secret'] },
  check: ({ written, clusters }, find) => {
    for (const name of clusters.keys()) {
      let first = chosenBy(written, name);
      const { value = [], place } = serverSetting(written, name, 'plugins');
      for (const [index, { type, name: plugin }] of value.entries()) {
        if (type !== TYPE) continue;
        if (first === undefined) first = [...place, index];
        else find([...place, index], { plugin, first });
      }
    }
  },
});

/** The key that chooses the authority of a cluster; undefined if it leaves that to the default. */
function chosenBy({ clusters }: Fleet, cluster: string): FleetPath | undefined {
  const written = clusters[cluster];
  const below = written === undefined ? [] : placeOfAuthority(written);
  return below.length === 0 ? undefined : ['clusters', cluster, ...below];
}
