import type { Rule } from '../../api/types';
import { useWords } from '../../context/preferences';
import { duration, parseDuration } from '../../format/durations';
import { useTypeWords } from '../packs/typeWords';

/** What a rule says about time and silence, in words. */
export function useSentence() {
  const { t, language } = useWords();
  const words = useTypeWords();
  const span = (text: string | null | undefined) => { const seconds = text ? parseDuration(text) : null; return seconds === null ? text ?? '–' : duration(seconds, language); };
  const silence = (rule: Rule) => (rule.absent === null ? '' : t('rules.absent', { property: words.property(rule.type, rule.absent.property), span: span(rule.absent.for) }));
  return { span, silence };
}
