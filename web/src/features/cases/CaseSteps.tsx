import { useAll } from '../../api/all';
import type { CaseDetail, CaseType } from '../../api/types';
import { useWords } from '../../context/preferences';
import { bandIcon, noBandIcon, stateIcon } from '../../ui/icons';

/** The states of the case type in order, with where it stands now. */
export function CaseSteps({ item }: { item: CaseDetail }) {
  const { label } = useWords();
  const type = useAll<CaseType>('/api/case-types').data?.find((one) => one.id === item.type);
  const states = type?.states ?? [{ id: item.state, name: item.stateName }];
  const now = states.findIndex((state) => state.id === item.state);
  return (
    <ol className="case-steps" data-testid="case-steps" data-state={item.state}>
      {states.map((state, index) => {
        const done = index < now || (index === now && item.final);
        return <li key={state.id} title={label(state.name)} className={index === now ? 'now' : done ? 'done' : ''}><i className={`mark tone-${done ? 'green' : index === now ? 'blue' : 'none'}`}>{done ? bandIcon.green : index === now ? stateIcon.run : noBandIcon}</i><span>{label(state.name)}</span></li>;
      })}
    </ol>
  );
}
