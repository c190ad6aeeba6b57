import { Checkbox } from 'antd';
import { segment } from '../../api/client';
import type { CaseDetail } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { Section } from '../../ui/side';
import { useAct } from './useAct';

export function Checklist({ item }: { item: CaseDetail }) {
  const { t, label } = useWords();
  const { can } = useSession();
  const { act, busy } = useAct(item);
  if (item.checklist.length === 0) return null;
  const fixed = item.final || !can('operate');
  return (
    <Section title={t('cases.checklist')}>
      <div className="stack tight" data-testid="case-checklist">
        {item.checklist.map((line) => <Checkbox key={line.id} checked={line.done} disabled={fixed || busy !== null} onChange={(event) => { act(`checklist/${segment(line.id)}`, { done: event.target.checked }, undefined, 'PUT'); }} data-testid={`check-${line.id}`}>{label(line.name)}</Checkbox>)}
      </div>
    </Section>
  );
}
