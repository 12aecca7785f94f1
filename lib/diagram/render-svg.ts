/** Lays a picture out with Graphviz, compiled to WebAssembly, and writes it as SVG: no browser, no program to install. */
import type { Picture } from './diagram';
import { renderDot } from './render-dot';

/** A whole SVG document. */
export async function renderSvg(picture: Picture): Promise<string> {
  // A megabyte that no other picture needs.
  const { instance } = await import('@viz-js/viz');
  const graphviz = await instance();
  return graphviz.renderString(renderDot(picture), { format: 'svg', engine: 'dot' });
}
