import type { PrefixState as State } from '../../../api/identifiers';
import { useWords } from '../../../context/preferences';
import { bandIcon, noBandIcon, stateIcon } from '../../../ui/icons';

const look = {
  applied: { tone: 'blue', icon: bandIcon.blue }, active: { tone: 'green', icon: bandIcon.green }, suspended: { tone: 'orange', icon: bandIcon.orange },
  refused: { tone: 'none', icon: stateIcon.stop }, withdrawn: { tone: 'none', icon: noBandIcon },
};

export function PrefixState({ state }: { state: State }) {
  const { t } = useWords();
  return <span className="mark" title={t(`prefix.state.${state}`)} data-testid="prefix-state" data-state={state}><i className={`mark tone-${look[state].tone}`}>{look[state].icon}</i><span>{t(`prefix.state.${state}`)}</span></span>;
}
