/** Lays SVIDs as files into the caller's container, and calls the gateway with them as the walkthrough does. */
import { X509Certificate } from 'node:crypto';
import type { MintedSvid } from '../cluster/spire-server';
import type { CommandResult } from '../machine/command';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { curl } from './page';
import { expect } from './proof';

const FOLDER = '/tmp';
const ROOTS = `${FOLDER}/server-roots.pem`;

/** Options that lead curl to the gateway and have it verify the gateway: never -k. */
export function gatewayOptions({ walkthrough: { host, gateway } }: Stage): readonly string[] {
  return ['--resolve', `${host}:${gateway.port}:${gateway.address}`, '--cacert', ROOTS];
}

/** The page's address at the gateway itself. */
export function gatewayUrl({ walkthrough: { host, gateway, page } }: Stage): string {
  return `https://${host}:${gateway.port}${new URL(page).pathname}`;
}

/** Calls the gateway with the files of an SVID. */
export async function callWith(stage: Stage, svid: MintedSvid, ...options: readonly string[]): Promise<CommandResult> {
  await putFiles(stage, { 'svid.pem': svid.certificates, 'svid.key': svid.key });
  const files = ['--cert', `${FOLDER}/svid.pem`, '--key', `${FOLDER}/svid.key`];
  return curl(stage, ...options, ...gatewayOptions(stage), ...files, gatewayUrl(stage));
}

export interface GatewayAnswer {
  /** SPIFFE ID of the certificate that the gateway served. */
  readonly served: string;
  readonly protocol: string;
}

/** Calls with an SVID and insists on an HTTP/2 200 from a gateway that curl could verify. */
export async function callAccepted(stage: Stage, svid: MintedSvid): Promise<GatewayAnswer> {
  const { stdout, stderr } = await callWith(
    stage,
    svid,
    '--verbose',
    '--output',
    '/dev/null',
    '--write-out',
    '%{certs}',
  );
  for (const needed of ['SSL certificate verify ok', 'HTTP/2 200']) {
    expect(stderr.includes(needed), `curl does not say "${needed}": ${stderr.slice(-600)}`);
  }
  const [certificate = ''] = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(stdout) ?? [];
  const names = new X509Certificate(certificate).subjectAltName ?? '';
  return { served: /URI:(spiffe:[^,\s]+)/.exec(names)?.[1] ?? `no SPIFFE ID: ${names}`, protocol: 'HTTP/2' };
}

/** Mints an SVID at the caller's own server, and lays the roots of the called side beside it. */
export async function mintAtCaller(stage: Stage, spiffeId: string): Promise<MintedSvid> {
  const { caller, called } = stage.walkthrough;
  const roots = await stage.spireServer(stage.findCluster(called.cluster)).ownBundle();
  await putFiles(stage, { [ROOTS.slice(FOLDER.length + 1)]: roots });
  return stage.spireServer(stage.findCluster(caller.cluster)).mint(spiffeId);
}

/** Leaves these roots, in PEM, as all that the caller's curl verifies the gateway with. */
export function trustOnly(stage: Stage, roots: string): Promise<void> {
  return putFiles(stage, { [ROOTS.slice(FOLDER.length + 1)]: roots });
}

async function putFiles(stage: Stage, files: Readonly<Record<string, string>>): Promise<void> {
  const { caller } = stage.walkthrough;
  const { kubectl } = stage.findCluster(caller.cluster);
  for (const [name, text] of Object.entries(files)) {
    // Under load an exec may end before all of its input got through; only the whole file counts.
    await waitFor(
      `file ${name} in ${caller.container}`,
      async () => {
        const path = `${FOLDER}/${name}`;
        const held = await kubectl.exec(caller, ['sh', '-c', `cat > ${path}; cat ${path}`], { input: text });
        expect(held.stdout === text, `${held.stdout.length} of ${text.length} characters arrived ${held.stderr}`);
      },
      { timeout: 20 },
    );
  }
}
