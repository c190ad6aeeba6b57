import { Button } from 'antd';
import { useState } from 'react';
import type { Edit } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { ListOf } from '../../../ui/list';
import type { Column } from '../../../ui/table';
import { At } from '../../../ui/time';
import { UndoEdit } from './UndoEdit';

const nothing = {};

/** What was imported and changed together, with its undo. */
export function EditList() {
  const { t, say } = useWords();
  const [undoing, setUndoing] = useState<Edit | null>(null);
  const mayUndo = (edit: Edit) => edit.kind !== 'undo' && (edit.state === 'done' || edit.state === 'interrupted') && edit.made + edit.changed > 0;
  const columns: Column<Edit>[] = [
    { key: 'at', title: t('time'), width: 176, only: 'wide', render: (edit) => <At at={edit.at} /> },
    { key: 'kind', title: t('type'), width: 88, render: (edit) => t(`edits.kind.${edit.kind}`) },
    { key: 'name', title: t('name'), render: (edit) => <span className="strong">{edit.name}</span> },
    { key: 'by', title: t('edits.by'), width: 120, only: 'wide', render: (edit) => edit.actorName ?? edit.actor },
    { key: 'made', title: t('edits.made'), width: 88, right: true, only: 'wide', render: (edit) => edit.made },
    { key: 'changed', title: t('edits.changed'), width: 88, right: true, only: 'wide', render: (edit) => edit.changed },
    { key: 'taken', title: t('edits.takenBack'), width: 104, right: true, only: 'xwide', render: (edit) => edit.takenBack },
    { key: 'failed', title: t('edits.failed'), width: 104, right: true, only: 'wide', render: (edit) => <span title={edit.failures.map((one) => `${one.thing}: ${say(one.detail)}`).join('\n')}>{edit.failures.length}</span> },
    { key: 'state', title: t('state'), width: 104, render: (edit) => t(`edits.state.${edit.state}`) },
    { key: 'undo', title: '', width: 80, right: true, render: (edit) => mayUndo(edit) && <Button size="small" onClick={() => { setUndoing(edit); }} data-testid="edit-undo">{t('edits.undo')}</Button> },
  ];
  return (
    <>
      <ListOf<Edit> path="/api/edits" query={nothing} columns={columns} keyOf={(edit) => edit.id} testId="edits" label={t('edits.title')} empty={{ title: t('edits.empty'), help: t('edits.empty.help') }} />
      {undoing !== null && <UndoEdit edit={undoing} onClose={() => { setUndoing(null); }} />}
    </>
  );
}
