import { FileDoneOutlined, MergeOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { Incident } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useOpen } from '../../../ui/open';
import { Decide } from './Proposals';
import { UndoMerge } from './UndoMerge';

/** What is done with an incident now and then. */
export function IncidentMore({ item }: { item: Incident }) {
  const { t } = useWords();
  const { can } = useSession();
  const { open } = useOpen();
  const [merging, setMerging] = useState(false);
  const [undoing, setUndoing] = useState(false);
  return (
    <>
      {item.open && can('operate') && <Button icon={<MergeOutlined />} onClick={() => { setMerging(true); }} data-testid="incident-merge">{t('incidents.merge')}</Button>}
      {item.mergedInto !== null && can('operate') && <Button icon={<UndoOutlined />} onClick={() => { setUndoing(true); }} data-testid="incident-undo">{t('incidents.undo')}</Button>}
      <Button icon={<FileDoneOutlined />} onClick={() => { open('case', item.id); }} data-testid="incident-case">{t('incidents.case')}</Button>
      {undoing && <UndoMerge id={item.id} onClose={() => { setUndoing(false); }} />}
      {merging && <Decide item={item} asked={{ other: null, same: true }} onClose={() => { setMerging(false); }} />}
    </>
  );
}
