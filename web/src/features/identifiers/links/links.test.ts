import { describe, expect, test } from 'vitest';
import { linkIn, linkText, linkValueOf, termOf } from './link';

const text = '{"linkType":"gs1:pip","href":"https://a.example","title":"板","hreflang":["zh"],"fwqs":false}';

describe('links', () => {
  test('a value is one by its type and what it says', () => {
    expect(linkValueOf('gs1.link', { format: 'string', value: text })?.title).toBe('板');
    expect(linkValueOf('URL', { format: 'string', value: text })).toBeNull();
    expect(linkValueOf('GS1.LINK', { format: 'string', value: 'https://a.example' })).toBeNull();
    expect(linkValueOf('GS1.LINK', { format: 'base64', value: text })).toBeNull();
  });
  test.each(['null', '1', '{"linkType":"gs1:pip"}', '{"linkType":"gs1:pip","href":"https://a","title":"a","hreflang":"zh"}', '{'])('%s is none', (other) => { expect(linkIn(other)).toBeNull(); });
  test('a type is the same in every namespace of the vocabulary', () => {
    expect(['gs1:pip', 'https://ref.gs1.org/voc/pip', 'https://gs1.org/voc/pip', 'https://www.gs1.org/voc/pip', 'describedby'].map(termOf)).toEqual(['pip', 'pip', 'pip', 'pip', null]);
  });
  test('what is written again keeps what has no input, and leaves out what is empty', () => {
    expect(linkText({ linkType: 'gs1:pip', href: 'https://a', title: 'a', type: '', hreflang: [], context: ['CN'], fwqs: false })).toBe('{"linkType":"gs1:pip","href":"https://a","title":"a","context":["CN"],"fwqs":false}');
    expect(linkText(linkIn(text) ?? { linkType: '', href: '', title: '' })).toBe(text);
  });
});
