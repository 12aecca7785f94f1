/** The schema of the GitOps tools that apply the output. */
import * as z from 'zod';
import { TOOL_NAMES, TOOL_SETTINGS } from '../delivery/settings-catalog';
import * as deliveryFormats from '../formats/delivery-formats';
import { text } from '../formats/schema-kit';
import { DEFAULTS } from './defaults';

export const delivery = z
  .strictObject({
    repo: text(deliveryFormats.gitUrl, 'Git repository that the output is committed to.'),
    tools: z
      .array(z.enum([...TOOL_NAMES].sort()))
      .min(1)
      .max(TOOL_NAMES.length)
      .describe(
        `Tools that apply it; the folders ${[...TOOL_NAMES]
          .sort()
          .map((name) => `${name}/`)
          .join(' and ')} of the output are for them.`,
      ),
    branch: text(deliveryFormats.branch, `Branch that is applied. Default: ${DEFAULTS.delivery.branch}.`)
      .optional()
      .meta({ default: DEFAULTS.delivery.branch }),
    path: text(
      deliveryFormats.repositoryFolder,
      `Folder of the output in the repository. Default: ${DEFAULTS.delivery.path}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.delivery.path }),
    charts: text(deliveryFormats.chartUrl, `Repository of Istio's charts. Default: ${DEFAULTS.delivery.charts}.`)
      .optional()
      .meta({ default: DEFAULTS.delivery.charts }),
    ...TOOL_SETTINGS,
  })
  .describe('GitOps tools that apply the output, and where they find it. Default: nothing is written for them.');
