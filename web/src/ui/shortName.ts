/** A name without what the headings above it already say: "Line 1 Drill 05" below "Line 1" is "Drill 05". */
export function shortName(name: string, above: string[]): string {
  let rest = name;
  for (const heading of above) {
    const tail = rest.startsWith(heading) && heading !== '' ? rest.slice(heading.length) : '';
    const bare = tail.replace(/^[\s·,、/_-]+/, '');
    // A bare number would say too little.
    if (bare !== '' && !/^\d+$/.test(bare)) rest = bare;
  }
  return rest;
}

/** The last word or number of a name: what tells it from its neighbours where there is room for no more. */
export function tailOf(name: string): string {
  const last = name.split(/[\s·_-]+/).at(-1) ?? '';
  return last !== '' && last !== name ? last : /\d+$/.exec(name)?.[0] ?? name;
}
