/** moto, an emulator of AWS, on loopback. It is faithful for Secrets Manager and S3; its KMS signs a digest of the digest, and its private CA issues no CAs. */
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Background } from '../machine/background';
import { run } from '../machine/command';
import { waitFor } from '../machine/wait';

const VERSION = '5.2.5';

export class Moto {
  private constructor(
    readonly url: string,
    private readonly program: Background,
  ) {}

  /** @param folder for its programs and its log */
  static async start(folder: string): Promise<Moto> {
    const environment = await install(folder);
    const port = await freePort();
    const command = [join(environment, 'bin', 'moto_server'), '-H', '127.0.0.1', '-p', String(port)];
    const program = Background.start('moto', join(folder, 'moto.log'), command);
    const moto = new Moto(`http://127.0.0.1:${port}`, program);
    await waitFor('moto', () => moto.answers(), { timeout: 60 });
    return moto;
  }

  /** Calls an API of AWS that takes JSON. */
  async call(service: string, target: string, request: object, region: string): Promise<Record<string, unknown>> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': target,
        Authorization: credential(service, region),
      },
      body: JSON.stringify(request),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${target}: ${response.status} ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  async makeBucket(name: string): Promise<void> {
    const response = await fetch(`${this.url}/${name}`, { method: 'PUT' });
    if (!response.ok) throw new Error(`the bucket ${name}: ${response.status}`);
  }

  /** The text of an object in a bucket. */
  async read(bucket: string, object: string): Promise<string> {
    const headers = { Authorization: credential('s3', 'eu-west-1') };
    const response = await fetch(`${this.url}/${bucket}/${object}`, { headers });
    if (!response.ok) throw new Error(`${bucket}/${object}: ${response.status}`);
    return response.text();
  }

  /** fetch fails with a TypeError, which is a fault of the program elsewhere. */
  private async answers(): Promise<void> {
    await fetch(this.url).catch((error) => {
      throw new Error(`moto does not answer: ${error}`);
    });
  }

  stop(): Promise<void> {
    return this.program.stop('SIGTERM');
  }
}

/** The emulator cannot be had on this machine, which says nothing of what it was for. */
export class NoEmulator extends Error {}

/** @throws NoEmulator */
async function install(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const environment = join(folder, 'python');
  try {
    await run(['python3', '-m', 'venv', environment]);
    await run([join(environment, 'bin', 'pip'), '-q', 'install', `moto[server]==${VERSION}`], { timeout: 300 });
    return environment;
  } catch (error) {
    throw new NoEmulator(`moto ${VERSION} cannot be installed: ${error instanceof Error ? error.message : error}`);
  }
}

/** moto reads service and region from it, and verifies no signature. */
function credential(service: string, region: string): string {
  return `AWS4-HMAC-SHA256 Credential=key/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`;
}

/** A port of loopback that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('loopback has no free port');
  return address.port;
}
