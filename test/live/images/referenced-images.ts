/** Finds the images that manifests name. */
import { parseAllDocuments } from 'yaml';

/**
 * Every value of a key `image`, each once, sorted.
 * @param kinds of the objects that are looked at; of all kinds by default
 */
export function imagesOf(manifests: readonly string[], kinds?: readonly string[]): readonly string[] {
  const images = new Set<string>();
  for (const text of manifests) {
    for (const document of parseAllDocuments(text)) {
      const object = document.toJS() as { readonly kind?: string } | null;
      if (kinds === undefined || kinds.includes(object?.kind ?? '')) collect(object, images);
    }
  }
  return [...images].sort();
}

function collect(value: unknown, images: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'image' && typeof inner === 'string') images.add(inner);
    else collect(inner, images);
  }
}
