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
