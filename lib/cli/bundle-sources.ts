/** Fetches the bundle of a trust domain from the SPIRE server, its ConfigMap or its bundle endpoint. */
import type { X509Certificate } from 'node:crypto';
import { request } from 'node:https';
import type { PeerCertificate } from 'node:tls';
import { spireServerArguments } from '../kubectl/spire-server';
import { BUNDLE_CONFIG_MAP } from '../model/names';
import type { Environment } from './environment';

/** The bundle, or the reason why there is none. */
export type Served = { readonly text: string } | { readonly failure: string };

/** Runs the server's own command line in its pod. */
export function fromServer(context: string, namespace: string, { execute }: Environment): Served {
  const command = ['bundle', 'show', '-format', 'spiffe'];
  return served(execute('kubectl', spireServerArguments(context, namespace, command)));
}

/** Reads the X.509 authorities, in PEM, from the ConfigMap for agents. For people who may not exec into the pod. */
export function fromConfigMap(context: string, namespace: string, { execute }: Environment): Served {
  const output = `jsonpath={.data.${BUNDLE_CONFIG_MAP.key.replace('.', '\\.')}}`;
  return served(
    execute('kubectl', [
      '--context',
      context,
      'get',
      'configmap',
      BUNDLE_CONFIG_MAP.name,
      '-n',
      namespace,
      '-o',
      output,
    ]),
  );
}

function served({ status, stdout, stderr }: ReturnType<Environment['execute']>): Served {
  return status === 0 && stdout.trim() !== '' ? { text: stdout } : { failure: stderr.trim() || 'it answered nothing' };
}

export interface EndpointProps {
  readonly url: string;
  /** SPIFFE ID that the endpoint must present; absent for an endpoint with a Web PKI certificate. */
  readonly spiffeId?: string;
  /** Root certificates that verify its SVID. */
  readonly authorities: readonly X509Certificate[];
}

/** In milliseconds. */
const TIMEOUT = 10_000;
/** A bundle of a thousand keys fits. */
const MAX_BYTES = 1024 * 1024;

/** Polls a bundle endpoint as a SPIRE server would: an SVID of the right SPIFFE ID under a known root, or web PKI. */
export function fromEndpoint({ url, spiffeId, authorities }: EndpointProps): Promise<Served> {
  const spiffe = {
    ca: authorities.map((authority) => authority.toString()),
    // An SVID contains no host name, so the check compares SPIFFE IDs.
    checkServerIdentity: (_host: string, certificate: PeerCertificate) =>
      certificate.subjectaltname === `URI:${spiffeId}`
        ? undefined
        : new Error(`the endpoint is ${certificate.subjectaltname ?? 'nobody'}, not ${spiffeId}`),
  };
  return new Promise((resolve) => {
    const asked = request(url, { timeout: TIMEOUT, ...(spiffeId !== undefined && spiffe) }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > MAX_BYTES) asked.destroy(new Error('it answered more than 1 MiB'));
      });
      response.on('end', () =>
        resolve(response.statusCode === 200 ? { text } : { failure: `it answered with status ${response.statusCode}` }),
      );
    });
    asked.on('timeout', () => asked.destroy(new Error('it did not answer within 10 seconds')));
    asked.on('error', ({ message }) => resolve({ failure: message }));
    asked.end();
  });
}
