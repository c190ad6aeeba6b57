export interface Branch { when: string | null; then: string }

/** Where a sign stands outside of brackets and quotes; -1 where it does not. */
function outside(text: string, sign: string, from = 0): number {
  let [depth, quote, choices] = [0, '', 0];
  for (let at = from; at < text.length; at += 1) {
    const here = text[at] ?? '';
    if (quote !== '') { if (here === quote) quote = ''; continue; }
    if (here === '\'' || here === '"') quote = here;
    else if ('([{'.includes(here)) depth += 1;
    else if (')]}'.includes(here)) depth -= 1;
    else if (depth === 0 && here === sign && choices === 0) return at;
    else if (depth === 0 && sign === ':' && here === '?') choices += 1;
    else if (depth === 0 && sign === ':' && here === ':') choices -= 1;
  }
  return -1;
}

const bare = (text: string) => text.trim();

/** `a ? x : b ? y : z` as what holds when, in its order; the last one is what is left. */
export function branches(expression: string): Branch[] {
  const ask = outside(expression, '?');
  const other = ask < 0 ? -1 : outside(expression, ':', ask + 1);
  if (ask < 0 || other < 0) return [{ when: null, then: bare(expression) }];
  return [{ when: bare(expression.slice(0, ask)), then: bare(expression.slice(ask + 1, other)) }, ...branches(expression.slice(other + 1))];
}
