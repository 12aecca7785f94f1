/** The schema of versions, which a fleet can give for all clusters or for one. */
import * as z from 'zod';
import * as formats from '../formats/formats';
import { text } from '../formats/schema-kit';
import { DEFAULTS } from './defaults';

export const versions = z
  .strictObject({
    spire: text(formats.release, `SPIRE server. Default: ${DEFAULTS.versions.spire}.`, DEFAULTS.versions.spire)
      .optional()
      .meta({ default: DEFAULTS.versions.spire }),
    agent: text(
      formats.release,
      'SPIRE agent: not newer than the server and at most one minor version older. Default: the same as spire.',
      DEFAULTS.versions.spire,
    ).optional(),
    istio: text(formats.release, `Istio. Default: ${DEFAULTS.versions.istio}.`, DEFAULTS.versions.istio)
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
