/** What of the platform an entry is about, as a part of its route; the order of the list that one chooses from. */
export const abouts = {
  login: '/api/login', users: '/api/users', tokens: '/api/tokens', parties: '/api/parties', regions: '/api/regions', packs: '/api/packs', things: '/api/things', commands: '/command', imports: '/api/imports',
  alarms: '/api/alarms', suppressions: '/api/suppressions', rules: '/api/rules', 'sign-offs': '/sign-offs', incidents: '/api/incidents', reports: '/api/reports', drills: '/api/drills', feeds: '/api/feeds', warnings: '/api/warnings', layers: '/api/layers', duty: '/api/duty', cases: '/api/cases', rotas: '/api/rotas', calendars: '/api/calendars', shifts: '/api/shifts', prefixes: '/api/prefixes', identifiers: '/api/identifiers', 'identifier-templates': '/api/identifier-templates', webhooks: '/api/webhooks', rejects: '/api/rejects', query: '/api/query',
} as const;
export type About = keyof typeof abouts;

/** The route as words know it: groups of routes end with a slash. */
export const routeOf = (action: string) => action.replace(/:\w+\}/g, '}').replace(/(.)\/$/, '$1');

/** What an entry happened to: the first part of its path that its route leaves open, and what kind of thing that is. */
export function objectOf(action: string, target: string): { kind: string; id: string } | null {
  const route = (routeOf(action).split(' ')[1] ?? '').split('/');
  const path = target.split('/');
  // Where the route leaves open what kind of thing it is, the path says it.
  const open = route.indexOf('{kind}');
  const at = open > 0 ? open + 1 : route.findIndex((part) => part.startsWith('{'));
  const id = path[at];
  if (open > 0 && id !== undefined) return { kind: path[open] ?? '', id: decodeURIComponent(id) };
  return at < 1 || id === undefined ? null : { kind: route[at - 1] ?? '', id: decodeURIComponent(id) };
}
