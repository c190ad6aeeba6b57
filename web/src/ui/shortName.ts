/** A name without what the headings above it already say: "Line 1 Drill 05" below "Line 1" is "Drill 05". */
export function shortName(name: string, above: string[]): string {
  let rest = name;
  for (const heading of above) {
    const tail = rest.startsWith(heading) && heading !== '' ? rest.slice(heading.length) : '';
    // A heading is left out as a word, not as the beginning of another.
    const bare = /^[\s·,、/_-]/.test(tail) ? tail.replace(/^[\s·,、/_-]+/, '') : '';
    // A bare number would say too little.
    if (bare !== '' && !/^\d+$/.test(bare)) rest = bare;
  }
  return rest;
}

/** The last word or number of a name: what tells it from its neighbours where there is room for no more. */
export function tailOf(name: string): string {
  const numbered = /\d+\s*(?:号|#)?$/.exec(name)?.[0];
  if (numbered !== undefined && numbered !== '') return numbered;
  return name.split(/[\s·_-]+/).at(-1) || name;
}
