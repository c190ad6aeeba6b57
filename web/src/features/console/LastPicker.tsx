import { Select } from 'antd';
import { useWords } from '../../context/preferences';
import { lengths, useLast, useLastText } from '../indicators/recent';

/** Over what time a board's figures are counted. */
export function LastPicker() {
  const { t } = useWords();
  const [last, setLast] = useLast();
  const text = useLastText();
  const options = [{ value: '', label: t('boards.windows') }, ...lengths.map((length) => ({ value: length as string, label: text(length) }))];
  return <Select value={last ?? ''} options={options} onChange={(value: string) => { setLast(lengths.find((length) => length === value) ?? null); }} aria-label={t('boards.over')} title={t('boards.over')} data-testid="board-last" style={{ minWidth: 136 }} />;
}
