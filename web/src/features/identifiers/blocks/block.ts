import type { Block } from '../../../api/identifiers';
import { segment } from '../../../api/client';
import type { Me } from '../../../api/types';
import { handlePath } from '../values/handle';

export const blocksPath = '/api/identifier-blocks';

/** A block as a part of an address. */
export const blockPath = ({ kind, target }: Pick<Block, 'kind' | 'target'>) => `${blocksPath}/${kind}/${kind === 'identifier' ? handlePath(target) : segment(target)}`;

/** The form in which identifiers are blocked: the case of letters does not count before the slash, and in the handle of a prefix nowhere. */
export function keyOf(handle: string): string {
  const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const slash = handle.indexOf('/');
  const prefix = lower(handle.slice(0, slash));
  return `${prefix}${prefix === '0.na' ? lower(handle.slice(slash)) : handle.slice(slash)}`;
}

export const blockOf = (blocks: Block[], handle: string) => blocks.find((one) => one.kind === 'identifier' && one.target === keyOf(handle));

/** Who operates the platform: parties are his to block. */
export const isOperator = ({ grants }: Pick<Me, 'grants'>) => grants.some((grant) => grant.role === 'administrator' && grant.party === 'root' && grant.region === 'root');

/** What is an identifier: a prefix, a slash and something behind it. */
export const isHandle = (text: string) => /^[\x21-\x2e\x30-\x7e]+\/./.test(text);
