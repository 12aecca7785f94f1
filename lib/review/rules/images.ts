/** Finds changed images of containers. */
import type { RiskRule } from './risk-rule';

export const images: RiskRule = {
  name: 'images',
  risk: 'rollout',
  looksFor: 'another image of a container',
  why: 'the container runs another version or another program.',
  assess: ({ fields }) =>
    fields
      .filter(
        ({ path, before, after }) => path.at(-1) === 'image' && typeof before === 'string' && typeof after === 'string',
      )
      .map(({ before, after }) => `${before} -> ${after}`),
};
