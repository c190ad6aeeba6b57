import { expect, test } from 'vitest';
import type { Widget } from '../../api/types';
import { hasTimes } from './views';

const board = (...widgets: string[]) => ({ widgets: widgets.map((widget): Widget => ({ widget, at: [0, 0, 6, 4] })) });

test.each([[['cases', 'case-pareto', 'alarms'], false], [['incident-map', 'incident-figures'], false], [['cases', 'figures'], true], [['losses'], true], [[], false]])('whether a board of %j is looked at over a time: %s', (widgets, asked) => {
  expect(hasTimes(board(...widgets))).toBe(asked);
});
