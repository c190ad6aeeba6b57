import type { Warning } from '../../../api/incidents';
import { useNow } from '../../../context/now';
import { useWords } from '../../../context/preferences';
import { noBandIcon, stateIcon } from '../../../ui/icons';
import { stateOf } from './warning';

const look = { inForce: { tone: 'blue', icon: stateIcon.run }, coming: { tone: 'calm', icon: stateIcon.pause }, over: { tone: 'none', icon: stateIcon.stop }, notice: { tone: 'none', icon: noBandIcon } };

export function WarningState({ warning }: { warning: Warning }) {
  const { t } = useWords();
  const state = stateOf(warning, useNow());
  return <span className="mark" data-testid="warning-state" data-state={state}><i className={`mark tone-${look[state].tone}`}>{look[state].icon}</i><span>{t(`warnings.state.${state}`)}</span></span>;
}
