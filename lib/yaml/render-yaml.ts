/** Writes plain data as YAML with js-yaml. */
import { DEFAULT_SCALAR_STYLE_RULES, dump, SCALAR_STYLE, type ScalarStyleRule } from 'js-yaml';

/** Keeps readers from misreading strings. Numbers need no such care. */
const STRING = 'tag:yaml.org,2002:str';

/** Separates two documents. */
export const DOCUMENT_MARK = '---\n';

/**
 * Strings that js-yaml writes without quotes, but that some parser reads as another type:
 * - numbers of the Go parser that Kubernetes uses: it ignores the underscores of `1_0e3` and accepts `0X1F`,
 * - numbers of YAML 1.1 such as `.`, and its dates such as `2001-1-1`,
 * - a key that looks like the start or the end of a document.
 */
const MISREAD =
  /^[-+]?(?:[\d_]*\.?[\d_]*(?:[eE][-+]?[\d_]+)?|0[xXbBoO][\da-fA-F_]+)$|^\d{4}-\d\d?-\d\d?(?:[Tt \t].*)?$|^(?:---|\.\.\.)(?:[ \t].*)?$/;

/** Texts whose first or last lines some parser changes if they are written as a block. */
const CHANGED_IN_BLOCK = /^[\t\n ]|\n[\t ]+\n?$|\n\n$/;

const quoteMisread: ScalarStyleRule = (layout) => {
  const { style, node } = layout;
  if (style !== SCALAR_STYLE.PLAIN || node.tag !== STRING) return;
  if (MISREAD.test(node.value) || CHANGED_IN_BLOCK.test(node.value)) {
    layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
  }
};

/** Prefers `'say "yes"'` to `"say \"yes\""`, as the library that cdk8s uses does. */
const avoidEscapedQuotes: ScalarStyleRule = (layout) => {
  const { style, node, allowedStylesMask } = layout;
  const isAllowed = (allowedStylesMask & (1 << SCALAR_STYLE.SINGLE_QUOTED)) !== 0;
  if (style === SCALAR_STYLE.DOUBLE_QUOTED && isAllowed && node.value.includes('"') && !node.value.includes("'")) {
    layout.style = SCALAR_STYLE.SINGLE_QUOTED;
  }
};

const OPTIONS = {
  lineWidth: -1,
  noRefs: true,
  quoteStyle: 'double',
  scalarStyleRules: [quoteMisread, ...Object.values(DEFAULT_SCALAR_STYLE_RULES), avoidEscapedQuotes],
} as const;

/**
 * Writes each value as one document.
 * - Parsers of YAML 1.1 and YAML 1.2 read strings back unchanged.
 * - Lines are not folded, repeated values are written again, and keys keep their order.
 * - Members that are undefined are left out.
 * @throws YAMLException for a function
 */
export function renderYaml(...documents: readonly unknown[]): string {
  return documents.map((document) => dump(document, OPTIONS)).join(DOCUMENT_MARK);
}
