import { toProblem, type Problem } from '../api/problem';
import { useWords } from '../context/preferences';
import { known, labelText } from '../i18n/translate';
import type { Key } from '../i18n/words';

function keyOf(problem: Problem): Key {
  const byCode = `problem.${problem.code}`;
  if (known(byCode)) return byCode;
  const byStatus = `problem.${problem.status}`;
  if (known(byStatus)) return byStatus;
  return 'problem.other';
}

/** The sentence for a person; the server's own title where no word of ours fits better. */
export function useProblemWords() {
  const { t, language, say } = useWords();
  return (error: unknown) => {
    const problem = toProblem(error);
    const key = keyOf(problem);
    const help = `${key}.help`;
    const title = key === 'problem.other' && problem.title !== '' ? say(problem.title) : t(key);
    const about = known(help) ? t(help, { seconds: problem.retryAfter ?? 60 }) : '';
    const errors = errorLines(problem).map((line) => say(line));
    const detail = problem.label === null ? (problem.detail === null ? null : say(problem.detail)) : labelText(problem.label, language);
    const parts = [title, ...(errors.length > 0 ? errors : [detail ?? '']), about].filter((part) => part !== '').map((part) => part.replace(/[.。]$/, ''));
    return { title, help: about, detail, errors, line: parts.join(language === 'zh' ? '。' : '. ') + (language === 'zh' ? '。' : '.') };
  };
}

function errorLines(problem: Problem): string[] {
  if (problem.errors === null) return [];
  return Array.isArray(problem.errors) ? problem.errors : Object.entries(problem.errors).map(([field, texts]) => `${field}: ${[texts].flat().join(' ')}`);
}
