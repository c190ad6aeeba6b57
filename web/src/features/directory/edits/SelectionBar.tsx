import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../context/preferences';
import { ChangeSelected } from './ChangeSelected';
import type { Selection } from './useSelection';

export function SelectionBar({ selection, shown }: { selection: Selection; shown: () => string[] }) {
  const { t } = useWords();
  const [changing, setChanging] = useState(false);
  if (!selection.on) return <Button onClick={() => { selection.setOn(true); }} data-testid="select-toggle">{t('select.toggle')}</Button>;
  return (
    <>
      <span className="quiet">{t('select.count', { count: selection.ids.size })}</span>
      <Button onClick={() => { selection.set(shown()); }} data-testid="select-all">{t('select.all')}</Button>
      <Button type="primary" disabled={selection.ids.size === 0} onClick={() => { setChanging(true); }} data-testid="select-edit">{t('select.edit')}</Button>
      <Button onClick={() => { selection.setOn(false); }} data-testid="select-clear">{t('cancel')}</Button>
      {changing && <ChangeSelected ids={[...selection.ids]} onClose={(done) => { setChanging(false); if (done) selection.setOn(false); }} />}
    </>
  );
}
