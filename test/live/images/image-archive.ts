/** Writes an image of one layer as an archive in the OCI layout, which containerd imports under the name it is given. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../machine/command';
import type { ImageContent } from './image-content';
import { librariesOf } from './library-closure';

/** Folders that programs expect of any image. */
const FOLDERS = ['tmp', 'etc', 'proc', 'sys', 'dev', 'run', 'var/run', 'var/lib', 'var/log'];

/** Users by name: Envoy and others look themselves up. */
const PASSWD = [
  'root:x:0:0:root:/root:/bin/sh',
  'spire:x:1000:1000:spire:/:/bin/sh',
  'istio-proxy:x:1337:1337:istio-proxy:/:/bin/sh',
  'nobody:x:65534:65534:nobody:/:/bin/sh',
  '',
].join('\n');
const GROUP = 'root:x:0:\nspire:x:1000:\nistio-proxy:x:1337:\nnogroup:x:65534:\n';

/** Writes one image under a full name, such as `docker.io/istio/pilot:1.31.4`. */
export async function writeImageArchive(archive: string, name: string, content: ImageContent): Promise<void> {
  const folder = `${archive}.parts`;
  try {
    const layout = join(folder, 'layout');
    mkdirSync(join(layout, 'blobs', 'sha256'), { recursive: true });
    const layer = await writeLayer(folder, layout, content);
    writeFileSync(join(layout, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
    const manifest = writeManifest(layout, layer, content);
    const named = { ...manifest, annotations: { 'io.containerd.image.name': name } };
    writeFileSync(join(layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [named] }));
    await run(['tar', '-C', layout, '-cf', archive, '.']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

async function writeLayer(folder: string, layout: string, content: ImageContent): Promise<Blob> {
  const root = join(folder, 'root');
  for (const path of FOLDERS) mkdirSync(join(root, path), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  const put = (path: string, place: (target: string) => void): void => {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    place(target);
  };
  const files = { ...(await librariesOf(content.dynamic ?? [])), ...content.files };
  for (const [path, source] of Object.entries(files)) put(path, (target) => copyFileSync(source, target));
  for (const [path, text] of Object.entries({ '/etc/passwd': PASSWD, '/etc/group': GROUP, ...content.texts })) {
    put(path, (target) => writeFileSync(target, text));
  }
  for (const [path, to] of Object.entries(content.links ?? {})) put(path, (target) => symlinkSync(to, target));
  const tar = join(folder, 'layer.tar');
  await run([
    'tar',
    '-C',
    root,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mtime=@0',
    '--sort=name',
    '-cf',
    tar,
    '.',
  ]);
  const bytes = readFileSync(tar);
  const digest = sha256(bytes);
  renameSync(tar, join(layout, 'blobs', 'sha256', digest));
  return { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: `sha256:${digest}`, size: bytes.length };
}

function writeManifest(layout: string, layer: Blob, { entrypoint, user }: ImageContent): Blob {
  const config = writeBlob(layout, 'application/vnd.oci.image.config.v1+json', {
    architecture: 'amd64',
    os: 'linux',
    config: {
      Entrypoint: entrypoint,
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      ...(user === undefined ? {} : { User: user }),
    },
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  });
  return writeBlob(layout, 'application/vnd.oci.image.manifest.v1+json', {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config,
    layers: [layer],
  });
}

function writeBlob(layout: string, mediaType: string, value: unknown): Blob {
  const bytes = Buffer.from(JSON.stringify(value));
  const digest = sha256(bytes);
  writeFileSync(join(layout, 'blobs', 'sha256', digest), bytes);
  return { mediaType, digest: `sha256:${digest}`, size: bytes.length };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
