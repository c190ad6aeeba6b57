import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const server = join(import.meta.dirname, '..', '..', '..', '..', 'src', 'Jingwei.Server');
const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.cs')).map((path) => ({ path, name: basename(path, '.cs'), text: readFileSync(join(server, path), 'utf8') }));

/** Files whose every sentence is the fault of something that somebody entered. */
const faults = new Set(['CalendarFaults', 'Ids', 'ThingIdentifiers', 'NamePattern', 'CommandParameters', 'FieldValue', 'CaseFields', 'ImportCheck', 'NameLookup', 'ImportColumns', 'CsvTable', 'ExcelTable', 'RegionFeature', 'RegionImport', 'GeoJson', 'RuleDefinition', 'RuleTryRequest', 'WebhookAddress', 'Interests', 'SelectionEdit', 'EditUndo', 'FeedFetch', 'FeedTurns', 'AlertReading', 'AlertIntake', 'WarningIssuing', 'LayerReader', 'PrefixFaults', 'RowFault', 'RowWriter', 'JsonRow', 'CsvColumns', 'TemplateCheck', 'TemplateEndpoints', 'ProductTemplates', 'BatchEndpoints', 'AudienceForm', 'LinkValue', 'WitnessClient', 'AgreementForm']);

interface Literal { text: string; end: number }

/** The C# text literal that begins at a place, its holes as {}. */
function literalAt(text: string, at: number): Literal | null {
  const start = /^(\$?)"/.exec(text.slice(at, at + 2));
  if (start === null || text.startsWith('"""', at + (start[1] ?? '').length)) return null;
  const holes = start[1] === '$';
  let out = '';
  let index = at + start[0].length;
  while (index < text.length && text[index] !== '"') {
    if (text[index] === '\\') { out += text[index + 1] ?? ''; index += 2; continue; }
    if (holes && (text.startsWith('{{', index) || text.startsWith('}}', index))) { out += text[index] ?? ''; index += 2; continue; }
    if (holes && text[index] === '{') {
      let depth = 1;
      index += 1;
      while (depth > 0) { if (text[index] === '"') { const inner = literalAt(text, index); index = inner?.end ?? index + 1; continue; } depth += text[index] === '{' ? 1 : text[index] === '}' ? -1 : 0; index += 1; }
      out += '{}';
      continue;
    }
    out += text[index] ?? '';
    index += 1;
  }
  return { text: out, end: index + 1 };
}

function literalsIn(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text.startsWith(`'"'`, at)) { at += 2; continue; }
    const literal = text[at] === '"' || (text[at] === '$' && text[at + 1] === '"') ? literalAt(text, at) : null;
    if (literal !== null) { found.push(literal.text); at = literal.end - 1; }
  }
  return found;
}

/** What stands between the brackets of a call. */
function callsOf(text: string, name: RegExp): string[] {
  return [...text.matchAll(name)].map((match) => {
    const from = match.index + match[0].length;
    let depth = 1;
    let at = from;
    while (depth > 0 && at < text.length) {
      const literal = text[at] === '"' || (text[at] === '$' && text[at + 1] === '"') ? literalAt(text, at) : null;
      if (literal !== null) { at = literal.end; continue; }
      depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
      at += 1;
    }
    return text.slice(from, at - 1);
  });
}

/** Literals of those files that are no sentences. */
const parts = new Set(['New rule', 'identifiers.', '{} of {}', '{}, a {}']);
const isSentence = (text: string) => (/[a-z] [a-z{]/i.test(text) || /^(?:[a-z]+|\{\} to \{\}|1 to \{\}|\{\})\.$/.test(text)) && !parts.has(text) && !/\b(SELECT|INSERT|DELETE FROM|UPDATE|CREATE)\b/.test(text);
const withoutSummaries = (text: string) => text.replace(/WithSummary\(\s*"(?:[^"\\]|\\.)*"/g, '');
const withoutField = (text: string) => text.replace(/^(?:[a-z][\w.]*|\{\}|values\.\{\})(?:(?:,| or) [a-z]+)*: /, '');

/** Every problem: the code that programs go by, and the status that it comes with. */
export function problems(): { code: string; status: number }[] {
  const byName = { Invalid: 400, Conflict: 409 };
  const named = files.flatMap(({ text }) => Object.entries(byName).flatMap(([name, status]) => callsOf(text, new RegExp(`Problems\\.${name}\\(`, 'g')).flatMap((call) => /^"([a-z-]+)"/.exec(call.trim())?.[1] ?? []).map((code) => ({ code, status }))));
  const others = files.flatMap(({ text }) => callsOf(text, /Problems\.Of\(/g).flatMap((call) => { const match = /^\s*StatusCodes\.Status(\d+)\w*,\s*"([a-z-]+)"/.exec(call); return match === null ? [] : [{ code: match[2] ?? '', status: Number(match[1]) }]; }));
  const cases = files.filter(({ name }) => name === 'CaseRefusals').flatMap(({ text }) => [...text.matchAll(/new\(\s*(\d{3}), "([a-z-]+)"/g)].map((match) => ({ code: match[2] ?? '', status: Number(match[1]) })));
  return [...named, ...others, ...cases];
}

/** Every sentence by which the server refuses something, without the field that it begins with. */
export function sentences(): string[] {
  const said = files.flatMap(({ name, text }) => [
    ...callsOf(text, /Problems\.(?:Invalid|Conflict|Forbidden|Of)\(/g).flatMap(literalsIn),
    ...callsOf(text, /\b\w*Fault\(/g).flatMap(literalsIn),
    ...(faults.has(name) ? literalsIn(withoutSummaries(text).replace(/^\s*\/\/.*$/gm, '')) : []),
    ...(/Endpoints$|Request$/.test(name) ? literalsIn(withoutSummaries(text)).filter((literal) => withoutField(literal) !== literal) : []),
  ]);
  return [...new Set(said.map(withoutField).filter(isSentence))].sort();
}

/** What the check of packs says: what was found, and what was expected. */
export function packProblems(): string[] {
  return [...new Set(files.filter(({ path }) => path.startsWith('Packs')).flatMap(({ text }) => callsOf(text, /[pP]roblems\.Add\(/g)).flatMap(literalsIn).filter((literal) => isSentence(literal) || /\{\} |[a-z] \{\}/.test(literal)))].sort();
}
