/** Lays a diagram out with Graphviz, compiled to WebAssembly, and writes it as SVG: no browser, no program to install. */
import type { Diagram } from './diagram';
import { renderDot } from './render-dot';

/** A whole SVG document. */
export async function renderSvg(diagram: Diagram): Promise<string> {
  // Load this megabyte only for SVG.
  const { instance } = await import('@viz-js/viz');
  const graphviz = await instance();
  return graphviz.renderString(renderDot(diagram), { format: 'svg', engine: 'dot' });
}
