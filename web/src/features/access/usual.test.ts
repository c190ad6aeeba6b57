import { expect, test } from 'vitest';
import { usualNode } from './usual';

const of = (...ids: string[]) => ids.map((value) => ({ value }));

test('a form begins with what is wanted first of what is offered', () => {
  expect(usualNode(of('root', 'pcb-1'), undefined, 'pcb-1', 'root')).toBe('pcb-1');
  expect(usualNode(of('root', 'pcb-1'), null, 'elsewhere', 'root')).toBe('root');
});

test('where only one is offered it is that, and of several nobody is guessed', () => {
  expect(usualNode(of('pcb-1'), 'elsewhere', 'root')).toBe('pcb-1');
  expect(usualNode(of('a', 'b'), undefined, 'root')).toBeUndefined();
});
