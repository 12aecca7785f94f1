/** Lays a picture out with Graphviz, compiled to WebAssembly, and writes it as SVG: no browser, no program to install. */
import { instance } from '@viz-js/viz';
import type { Picture } from './picture';
import { renderDot } from './render-dot';

/** A whole SVG document. */
export async function renderSvg(picture: Picture): Promise<string> {
  const graphviz = await instance();
  return graphviz.renderString(renderDot(picture), { format: 'svg', engine: 'dot' });
}
