/** Finds pools with two ranges that overlap. */
import { overlaps } from '../../formats/ip-ranges';
import { placeOfPool, poolOf } from '../cluster/address-claims';
import { defineRule } from './rule';

export const poolOverlap = defineRule({
  code: 'pool-overlap',
  severity: 'error',
  looksFor: 'two ranges of a pool that overlap',
  why: "MetalLB's webhook refuses the pool.",
  source: 'metallb internal/config',
  example: {
    range: '10.0.0.0/24',
    other: '10.0.0.0/16',
    first: ['clusters', 'cluster1', 'loadBalancer', 'metallb', 'addresses', 0],
  },
  check: ({ written }, find) => {
    for (const cluster of Object.keys(written.clusters).sort()) {
      const ranges = poolOf(written, cluster) ?? [];
      const place = placeOfPool(cluster);
      for (const [index, range] of ranges.entries()) {
        const earlier = ranges.slice(0, index).findIndex((other) => overlaps(range, other));
        if (earlier < 0) continue;
        find([...place, index], { range, other: ranges[earlier] ?? '', first: [...place, earlier] });
      }
    }
  },
});
