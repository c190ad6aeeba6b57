import type { Block } from '../../../api/identifiers';
import { segment } from '../../../api/client';
import type { Me } from '../../../api/types';
import { handlePath } from '../values/handle';

export const blocksPath = '/api/identifier-blocks';

/** A block as a part of an address. */
export const blockPath = ({ kind, target }: Pick<Block, 'kind' | 'target'>) => `${blocksPath}/${kind}/${kind === 'identifier' ? handlePath(target) : segment(target)}`;

/** Who operates the platform: parties are his to block. */
export const isOperator = ({ grants }: Pick<Me, 'grants'>) => grants.some((grant) => grant.role === 'administrator' && grant.party === 'root' && grant.region === 'root');

/** What is an identifier: a prefix, a slash and something behind it. */
export const isHandle = (text: string) => /^[\x21-\x2e\x30-\x7e]+\/./.test(text);
