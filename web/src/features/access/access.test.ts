import { describe, expect, test } from 'vitest';
import { objectOf, routeOf } from './auditText';

describe('an entry of the audit', () => {
  test.each([
    ['POST /api/rotas/', 'POST /api/rotas'], ['DELETE /api/rotas/{id}/changes/{change:long}', 'DELETE /api/rotas/{id}/changes/{change}'], ['POST /api/login', 'POST /api/login'],
  ])('%s is looked up as %s', (action, route) => { expect(routeOf(action)).toBe(route); });
  test.each([
    ['PATCH /api/things/{id}', '/api/things/L1%3ADR', 'things', 'L1:DR'], ['POST /api/cases/{id}/transitions/{transition}', '/api/cases/2026-000042/transitions/take', 'cases', '2026-000042'],
    ['POST /api/indicators/sign-offs/{id:long}/withdraw', '/api/indicators/sign-offs/7/withdraw', 'sign-offs', '7'],
    ['PUT /api/calendars/{pack}/{calendar}/{kind}/{id}', '/api/calendars/factory/office/things/L1%3ADR', 'things', 'L1:DR'],
  ])('%s of %s is about %s %s', (action, target, kind, id) => { expect(objectOf(action, target)).toEqual({ kind, id }); });
  test('a route without an open part is about nothing in particular', () => { expect(objectOf('POST /api/login', '/api/login')).toBeNull(); });
});
