/** How a component of SPIRE logs. */
import * as z from 'zod';
import { DEFAULTS } from './defaults';

const level = z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).optional();
const format = z.enum(['text', 'json']).optional();

/** @param component such as `the server` */
export const logKeys = (component: string) => ({
  logLevel: level.describe(`Log level of ${component}. Without it, spire.logLevel applies.`),
  logFormat: format.describe(`Format of the log of ${component}. Without it, spire.logFormat applies.`),
});

/** For all components together. */
export const commonLogKeys = {
  logLevel: level
    .describe(`Log level of server, agents and controller manager. Default: ${DEFAULTS.spire.logLevel}.`)
    .meta({ default: DEFAULTS.spire.logLevel }),
  logFormat: format
    .describe(`Format of the logs of server, agents and controller manager. Default: ${DEFAULTS.spire.logFormat}.`)
    .meta({ default: DEFAULTS.spire.logFormat }),
};
