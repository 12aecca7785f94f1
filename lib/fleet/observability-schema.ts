/** The schema of Prometheus and Kiali. */
import * as z from 'zod';
import { text } from '../formats/schema-kit';
import { prometheusUrl } from '../formats/url-format';
import { DEFAULTS } from './defaults';

const OWN_PROMETHEUS = z.strictObject({
  prometheus: text(
    prometheusUrl,
    'URL at which pods of the cluster reach a Prometheus that is there and scrapes istiod and the proxies. Kiali asks it, and none is deployed.',
  ),
});

export const observability = z
  .union([z.boolean(), OWN_PROMETHEUS])
  .optional()
  .describe(
    `Whether Prometheus and Kiali are part of the output, or Kiali alone, with a Prometheus of your own. Default: ${DEFAULTS.observability}; the cluster's own value wins.`,
  )
  .meta({ default: DEFAULTS.observability });
