import { useState, type DragEvent } from 'react';
import { segment, type Query } from '../../api/client';
import { useOne, useRows } from '../../api/hooks';
import type { Case, CaseCount, CaseType, List } from '../../api/types';
import { post } from '../../api/client';
import { App } from 'antd';
import { useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { SeverityMark } from '../../ui/marks';
import { useOpen } from '../../ui/open';
import { ProblemView } from '../../ui/problem';
import { useProblemWords } from '../../ui/problemWords';
import { Waiting } from '../../ui/waiting';
import { Due } from './Due';
import { dueFirst } from './order';
import { useLookAgain } from './useAct';

const most = 50;
interface Dragged { id: string; state: string; version: number }

function Card({ item, onDrag }: { item: Case; onDrag: (dragged: Dragged | null) => void }) {
  const { t, label } = useWords();
  const { open, opened } = useOpen();
  return (
    <li>
      <button type="button" className={opened('case') === item.id ? 'card chosen' : 'card'} draggable={!item.final} data-testid="case-card" data-id={item.id}
        onDragStart={() => { onDrag({ id: item.id, state: item.state, version: item.version }); }} onDragEnd={() => { onDrag(null); }} onClick={() => { open('case', item.id); }}>
        <span className="row"><SeverityMark severity={item.severity} /><span className="faint small grow">{item.number}</span>{(item.tasks ?? 0) > 0 && <span className="quiet small" title={t('cases.plan')}>{item.tasksOver}/{item.tasks}</span>}</span>
        <span className="title">{label(item.titleLabel ?? item.title)}</span>
        <span className="row wrap quiet small"><span className="grow">{item.assigneeName ?? t('cases.nobody')}</span><Due item={item} /></span>
      </button>
    </li>
  );
}

function Lane({ state, query, count, dragged, may, onDrag, onDrop }: { state: CaseType['states'][number]; query: Query; count: CaseCount | undefined; dragged: Dragged | null; may: boolean; onDrag: (dragged: Dragged | null) => void; onDrop: () => void }) {
  const { t, label } = useWords();
  const [over, setOver] = useState(false);
  const rows = useRows<Case>('/api/cases', { ...query, state: state.id }, { limit: most });
  const allow = (event: DragEvent) => { if (may) { event.preventDefault(); setOver(true); } };
  return (
    <section className={`${over && may ? 'over' : ''} ${dragged !== null && !may && dragged.state !== state.id ? 'refused' : ''}`} data-testid={`lane-${state.id}`} onDragOver={allow} onDragLeave={() => { setOver(false); }} onDrop={() => { setOver(false); onDrop(); }}>
      <header><span className="grow">{label(state.name)}</span><span className="quiet">{count?.cases ?? rows.items.length}</span>{(count?.late ?? 0) > 0 && <span className="quiet small">{t('cases.late.count', { count: count?.late ?? 0 })}</span>}</header>
      {rows.loading && <Waiting />}
      {rows.error !== null && rows.items.length === 0 && <ProblemView error={rows.error} retry={rows.retry} />}
      <ul className="cards">
        {dueFirst(rows.items).map((item) => <Card key={item.id} item={item} onDrag={onDrag} />)}
        {!rows.loading && rows.items.length === 0 && <li className="faint small">{t('cases.lane.empty')}</li>}
        {rows.more && <li><button type="button" className="link" onClick={rows.loadMore}>{t('more')}</button></li>}
      </ul>
    </section>
  );
}

/** One column a state. A card dropped where a step leads that asks for nothing takes it; any other opens the case. */
export function CaseBoard({ type, query }: { type: CaseType; query: Query }) {
  const { open } = useOpen();
  const { message } = App.useApp();
  const lookAgain = useLookAgain();
  const problemWords = useProblemWords();
  const [dragged, drag] = useState<Dragged | null>(null);
  const scoped = useScoped({ ...query, type: type.id });
  const counts = useOne<List<CaseCount>>('/api/cases/counts', scoped, { refetch: 30_000 });
  const stepTo = (state: string) => dragged === null || dragged.state === state ? undefined : type.transitions?.find((one) => one.to === state && one.from?.includes(dragged.state));
  const drop = (state: string) => {
    const step = stepTo(state);
    if (dragged === null || step === undefined) return;
    if ((step.requires?.length ?? 0) > 0 || step.assigns === true || step.commentRequired === true) { open('case', dragged.id); return; }
    post(`/api/cases/${segment(dragged.id)}/transitions/${segment(step.id)}`, { fields: {} }, { 'If-Match': `"${dragged.version}"` })
      .catch((error: unknown) => { void message.error(problemWords(error).line); open('case', dragged.id); })
      .finally(() => { lookAgain(dragged.id); });
  };
  return (
    <div className="kanban" data-testid="case-board">
      {type.states.map((state) => <Lane key={state.id} state={state} query={scoped} count={counts.data?.items.find((one) => one.state === state.id)} dragged={dragged} may={stepTo(state.id) !== undefined} onDrag={drag} onDrop={() => { drop(state.id); }} />)}
    </div>
  );
}
