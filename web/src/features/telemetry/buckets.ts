export const bucketChoices = ['auto', 'raw', '10s', '1m', '10m', '1h'] as const;

/** About a thousand points, which is what a screen can show. */
export function autoBucket(hours: number): string {
  if (hours <= 1) return '10s';
  if (hours <= 8) return '1m';
  return hours <= 24 ? '5m' : '1h';
}

/** The figures that a condition compares a property with, for drawing them; names among them are parameters of the rule. */
export function thresholdsOf(condition: string | null, property: string, parameters: Record<string, number> = {}): number[] {
  if (condition === null) return [];
  const pattern = new RegExp(`(?<![\\w.])${property}\\s*(?:<=|>=|<|>)\\s*(?:(-?\\d+(?:\\.\\d+)?)|([A-Za-z_]\\w*)(?:\\s*([+-])\\s*(\\d+(?:\\.\\d+)?))?)`, 'g');
  return [...condition.matchAll(pattern)].flatMap(([, figure, name, sign, by]) => {
    if (figure !== undefined) return [Number(figure)];
    const value = parameters[name ?? ''];
    return value === undefined ? [] : [value + (sign === '-' ? -1 : 1) * Number(by ?? 0)];
  });
}
