/** Describes what a fleet file may say of versions, of all clusters or of one. */
import * as z from 'zod';
import { DEFAULTS } from './defaults';
import * as formats from './formats';
import { text } from './schema-kit';

export const versions = z
  .strictObject({
    spire: text(formats.release, `SPIRE server. Default: ${DEFAULTS.versions.spire}.`)
      .optional()
      .meta({ default: DEFAULTS.versions.spire }),
    agent: text(
      formats.release,
      'SPIRE agent: not newer than the server and at most one minor version older. Default: the same as spire.',
    ).optional(),
    istio: text(formats.istioRelease, `Istio. Default: ${DEFAULTS.versions.istio}.`)
      .optional()
      .meta({ default: DEFAULTS.versions.istio }),
    kubernetes: text(
      formats.kubernetesMinor,
      `Minor version of the oldest kubelet, in quotes. Default: "${DEFAULTS.versions.kubernetes}".`,
    )
      .optional()
      .meta({ default: DEFAULTS.versions.kubernetes }),
  })
  .describe('Versions that the manifests are made for.');
