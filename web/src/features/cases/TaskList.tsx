import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import { segment } from '../../api/client';
import type { CaseDetail, CaseTask } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { bandIcon, noBandIcon, stateIcon } from '../../ui/icons';
import { Section } from '../../ui/side';
import { At } from '../../ui/time';
import { Due } from './Due';
import { useAct } from './useAct';

const icon = { waiting: noBandIcon, ready: stateIcon.run, done: bandIcon.green, skipped: bandIcon.blue };
const tone = { waiting: 'none', ready: 'blue', done: 'green', skipped: 'blue' };
type Ask = 'skip' | 'return' | 'assign';

function AskFor({ ask, item, onSend, onCancel, busy }: { ask: Ask; item: CaseDetail; onSend: (text: string) => void; onCancel: () => void; busy: boolean }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const people = useAll<{ id: string; name: string }>('/api/assignees', { case: item.id }, ask === 'assign', 30_000);
  return (
    <div className="row wrap">
      {ask === 'assign'
        ? <Select autoFocus style={{ minWidth: 160 }} placeholder={t('cases.assign.to')} onChange={(value: string) => { setText(value); }} options={(people.data ?? []).map((one) => ({ value: one.id, label: one.name }))} data-testid="task-assignee" />
        : <Input autoFocus value={text} onChange={(event) => { setText(event.target.value); }} placeholder={t('cases.reason')} style={{ width: 240 }} data-testid="task-reason" />}
      <Button size="small" type="primary" disabled={text.trim() === ''} loading={busy} onClick={() => { onSend(text); }} data-testid="task-send">{t(`cases.task.${ask}`)}</Button>
      <Button size="small" onClick={onCancel}>{t('cancel')}</Button>
    </div>
  );
}

function Task({ item, task }: { item: CaseDetail; task: CaseTask }) {
  const { t, label } = useWords();
  const { can } = useSession();
  const { act, busy } = useAct(item);
  const [ask, setAsk] = useState<Ask | null>(null);
  const step = `tasks/${segment(task.id)}`;
  const over = task.progress === 'done' || task.progress === 'skipped';
  const send = (text: string) => { if (ask !== null) act(`${step}/${ask}`, ask === 'assign' ? { to: text } : { text, reason: text }, () => { setAsk(null); }); };
  const before = task.after.map((id) => label(item.plan.find((one) => one.id === id)?.name) || id).join(t('cases.and'));
  return (
    <li className={task.progress} data-testid={`task-${task.id}`} data-progress={task.progress}>
      <div className="row"><i className={`mark tone-${tone[task.progress]}`}>{icon[task.progress]}</i><b className="grow">{label(task.name)}</b><span className="quiet small">{t(`cases.task.is.${task.progress}`)}</span></div>
      <div className="row wrap quiet small">
        <span>{task.assigneeName ?? label(task.roleName)}</span>
        {task.progress === 'waiting' && before !== '' && <span>{t('cases.task.after', { names: before })}</span>}
        {task.progress === 'ready' && task.due !== null && <Due item={{ due: task.due, late: task.late, final: false }} />}
        {over && <span>{task.endedByName} <At at={task.endedAt} shape="minute" /></span>}
        {task.progress === 'ready' && !task.allowed && <span>{label(task.why)}</span>}
      </div>
      {!item.final && can('operate') && ask === null && (
        <div className="row wrap">
          {task.progress === 'ready' && <Button size="small" type="primary" disabled={!task.allowed} loading={busy === `${step}/done`} onClick={() => { act(`${step}/done`); }} data-testid={`task-${task.id}-done`}>{t('cases.task.finish')}</Button>}
          {task.progress === 'ready' && can('configure') && <Button size="small" onClick={() => { setAsk('skip'); }}>{t('cases.task.skip')}</Button>}
          {!over && <Button size="small" onClick={() => { setAsk('assign'); }}>{t('cases.task.assign')}</Button>}
          {over && item.mayPass && <Button size="small" onClick={() => { setAsk('return'); }}>{t('cases.task.return')}</Button>}
        </div>
      )}
      {ask !== null && <AskFor ask={ask} item={item} busy={busy !== null} onSend={send} onCancel={() => { setAsk(null); }} />}
    </li>
  );
}

/** The tasks of the plan in their order: what is done, what can begin, what waits for what. */
export function TaskList({ item }: { item: CaseDetail }) {
  const { t } = useWords();
  if (item.plan.length === 0) return null;
  const done = item.plan.filter((task) => task.progress === 'done' || task.progress === 'skipped').length;
  return <Section title={t('cases.plan')} tools={<span className="quiet small">{t('cases.plan.count', { done, all: item.plan.length })}</span>}><ol className="tasks" data-testid="case-tasks">{item.plan.map((task) => <Task key={task.id} item={item} task={task} />)}</ol></Section>;
}
