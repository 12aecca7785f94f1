/** What a fleet file may say of the trust in a cluster's domain: its root, who signs under it, or a pinned bundle. */
import * as z from 'zod';
import * as formats from '../formats/formats';
import { text } from '../formats/schema-kit';
import { choiceOf } from '../spire-plugins/choice';
import {
  DEFAULT_UPSTREAM_AUTHORITY,
  DEFAULT_UPSTREAM_SECRET,
  UPSTREAM_AUTHORITIES,
} from '../spire-plugins/upstream-authority/catalog';
import { defaultRootFile } from './defaults';

export const trust = z
  .strictObject({
    root: text(
      formats.relativePath,
      `PEM file with the trust domain's root certificate; peers trust it from the first contact on. Default: ${defaultRootFile('<trust domain>')}, unless bundle is given or the profile is https_web.`,
    ).optional(),
    secret: text(
      formats.objectName,
      `Secret of type kubernetes.io/tls in the namespace of the server: an intermediate CA (tls.crt) under root and its key (tls.key). It is never part of the output. Default: ${DEFAULT_UPSTREAM_SECRET}.`,
    )
      .optional()
      .meta({ default: DEFAULT_UPSTREAM_SECRET }),
    authority: choiceOf(UPSTREAM_AUTHORITIES)
      .optional()
      .describe(
        `Who signs the CA of the server under root: one of these keys with its settings. Default: ${DEFAULT_UPSTREAM_AUTHORITY.key}.`,
      )
      .meta({ default: DEFAULT_UPSTREAM_AUTHORITY.key }),
    bundle: text(
      formats.relativePath,
      'SPIFFE bundle (JWKS) of a server that signs with a CA of its own, fetched with: spire-server bundle show -format spiffe.',
      'trust/east.example.org.json',
    ).optional(),
  })
  .describe('Where the trust in this domain comes from.');
