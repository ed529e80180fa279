import ts from 'typescript';
import { isTest, read, sourceFiles } from './source-files.ts';

/** One statement of the product as it stands in the source: inserts are `$`, constants of the file are filled in. */
export type FoundStatement = { readonly file: string; readonly line: number; readonly text: string };
export type BuiltText = { readonly file: string; readonly line: number; readonly why: string };

const LOOKS_LIKE_SQL = /\b(select\s[\s\S]*\bfrom\b|insert\s+into\s|update\s+\w+\s+(\w+\s+)?set\s|delete\s+from\s|truncate\s|with\s+\w+\s+as\s*\()/i;

const parse = (file: string) => ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
const lineOf = (source: ts.SourceFile, node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;

const CONSTANT = /^[A-Z][A-Z0-9_]*$/;

/** Texts of `const NAME = '…'` and of pieces of statements at the top of a file. */
function constantsOf(source: ts.SourceFile): Map<string, string> {
  const found = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      const text = initializer && textOf(ts.isTaggedTemplateExpression(initializer) ? initializer.template : initializer, found);
      if (ts.isIdentifier(name) && CONSTANT.test(name.text) && text) found.set(name.text, text);
    }
  }
  return found;
}

/** A piece under a name is looked at where it is used. */
const isNamedPiece = (node: ts.Node): boolean => !ts.isSourceFile(node) && ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name) && CONSTANT.test(node.parent.name.text) && ts.isSourceFile(node.parent.parent.parent.parent);

const isSqlTag = (node: ts.Node) => ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql';

function textOf(node: ts.Node, constants: ReadonlyMap<string, string>): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  const tagged = isSqlTag(node.parent);
  return node.head.text + node.templateSpans.map(({ expression, literal }) => (tagged ? insertText(expression, constants) : constants.get(expression.getText()) ?? ' $ ') + literal.text).join('');
}

/** What a nested `sql` or a named piece adds to a statement counts as part of it; any other insert is a value. */
function insertText(expression: ts.Expression, constants: ReadonlyMap<string, string>): string {
  const piece = constants.get(expression.getText());
  if (piece !== undefined && LOOKS_LIKE_SQL.test(piece)) return piece;
  let text = '';
  const walk = (node: ts.Node) => {
    if (ts.isTaggedTemplateExpression(node) && isSqlTag(node)) text += ` ${textOf(node.template, constants) ?? ''} `;
    else ts.forEachChild(node, walk);
  };
  walk(expression);
  return text === '' ? ' $ ' : text;
}

/** Every statement in the product's source. */
export function findStatements(): FoundStatement[] {
  const found: FoundStatement[] = [];
  for (const file of sourceFiles(['server', 'cli']).filter((one) => !isTest(one) && one.endsWith('.ts'))) {
    const source = parse(file);
    const constants = constantsOf(source);
    const walk = (node: ts.Node) => {
      if (isNamedPiece(node)) return;
      if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
        const text = textOf(node, constants);
        if (text !== null && LOOKS_LIKE_SQL.test(text)) { found.push({ file, line: lineOf(source, node), text: text.replace(/\s+/g, ' ').trim() }); return; }
      }
      ts.forEachChild(node, walk);
    };
    walk(source);
  }
  return found;
}

/** SQL made by hand from values: a plain template with anything but constants in it, or text put together with +. */
export function findBuiltText(): BuiltText[] {
  const found: BuiltText[] = [];
  for (const file of sourceFiles(['server', 'cli']).filter((one) => !isTest(one) && one.endsWith('.ts'))) found.push(...builtIn(file, parse(file)));
  return found;
}

export function builtIn(file: string, source: ts.SourceFile): BuiltText[] {
  const found: BuiltText[] = [];
  const walk = (node: ts.Node) => {
    if (ts.isTemplateExpression(node) && !isSqlTag(node.parent) && LOOKS_LIKE_SQL.test(node.getText())) {
      for (const { expression } of node.templateSpans) {
        if (!CONSTANT.test(expression.getText())) found.push({ file, line: lineOf(source, node), why: `\${${expression.getText()}} stands in the text of a statement` });
      }
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken && LOOKS_LIKE_SQL.test(node.getText()) && [node.left, node.right].some((side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side))) {
      found.push({ file, line: lineOf(source, node), why: 'a statement is put together with +' });
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}
