import { Button } from 'antd';
import { useWords } from '../context/preferences';
import { bandIcon } from './icons';
import { useProblemWords } from './problemWords';

export function ProblemView({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useWords();
  const words = useProblemWords()(error);
  return (
    <div className="state-box" role="alert" data-testid="problem">
      <h3 className="mark"><i className="mark tone-orange">{bandIcon.orange}</i><span>{words.title}</span></h3>
      {words.detail !== null && <p>{words.detail}</p>}
      {words.errors.map((line) => <p key={line}>{line}</p>)}
      <p className="quiet">{words.help}</p>
      {retry !== undefined && <Button onClick={retry} data-testid="retry">{t('retry')}</Button>}
    </div>
  );
}
