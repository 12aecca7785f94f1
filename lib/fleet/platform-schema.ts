/** Describes the key with which a fleet file names a platform. */
import * as z from 'zod';
import { DEFAULT_PLATFORM, PLATFORMS } from '../platforms/catalog';

export const platform = z
  .enum(PLATFORMS.map(({ name }) => name))
  .describe(
    `Distribution or provider of the cluster. It decides the defaults of kubelet, spire.apiServerPorts and spire.dnsPorts; docs/platforms.md lists what is known of each. Default: ${DEFAULT_PLATFORM.name}.`,
  )
  .meta({ default: DEFAULT_PLATFORM.name });
