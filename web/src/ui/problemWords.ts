import { toProblem, type Problem } from '../api/problem';
import { useWords } from '../context/preferences';
import { known } from '../i18n/translate';
import type { Key } from '../i18n/words';

function keyOf(problem: Problem): Key {
  const byCode = `problem.${problem.code}`;
  if (known(byCode)) return byCode;
  const byStatus = `problem.${problem.status}`;
  if (known(byStatus) && problem.code.startsWith('http-')) return byStatus;
  return 'problem.other';
}

/** The sentence for a person; the server's own title where no word of ours fits better. */
export function useProblemWords() {
  const { t } = useWords();
  return (error: unknown) => {
    const problem = toProblem(error);
    const key = keyOf(problem);
    const byStatus = `problem.${problem.status}`;
    const help = `${key === 'problem.other' && known(byStatus) ? byStatus : key}.help`;
    const title = key === 'problem.other' && problem.title !== '' ? problem.title : t(key);
    return { title, help: known(help) ? t(help, { seconds: problem.retryAfter ?? 60 }) : '', detail: problem.detail, errors: errorLines(problem) };
  };
}

function errorLines(problem: Problem): string[] {
  if (problem.errors === null) return [];
  return Array.isArray(problem.errors) ? problem.errors : Object.entries(problem.errors).map(([field, texts]) => `${field}: ${[texts].flat().join(' ')}`);
}
