import { FileDoneOutlined, FileTextOutlined, MergeOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { address, segment } from '../../../api/client';
import type { Incident } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useOpen } from '../../../ui/open';
import { Decide } from './Proposals';
import { UndoMerge } from './UndoMerge';

/** What is done with an incident now and then. What an archive brought in has neither case nor review. */
export function IncidentMore({ item, hasCase }: { item: Incident; hasCase: boolean }) {
  const { t, language } = useWords();
  const { can } = useSession();
  const { open } = useOpen();
  const [merging, setMerging] = useState(false);
  const [undoing, setUndoing] = useState(false);
  return (
    <>
      {item.open && can('operate') && <Button icon={<MergeOutlined />} onClick={() => { setMerging(true); }} data-testid="incident-merge">{t('incidents.merge')}</Button>}
      {item.mergedInto !== null && can('operate') && <Button icon={<UndoOutlined />} onClick={() => { setUndoing(true); }} data-testid="incident-undo">{t('incidents.undo')}</Button>}
      {hasCase && <Button icon={<FileTextOutlined />} href={address(`/api/cases/${segment(item.id)}/review`, { lang: language })} target="_blank" title={t('incidents.review.help')} data-testid="incident-review">{t('incidents.review')}</Button>}
      {hasCase && <Button icon={<FileDoneOutlined />} onClick={() => { open('case', item.id); }} data-testid="incident-case">{t('incidents.case')}</Button>}
      {undoing && <UndoMerge id={item.id} onClose={() => { setUndoing(false); }} />}
      {merging && <Decide item={item} asked={{ other: null, same: true }} onClose={() => { setMerging(false); }} />}
    </>
  );
}
