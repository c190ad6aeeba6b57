import type { AgreementState as State } from '../../../api/agreements';
import { useWords } from '../../../context/preferences';
import { bandIcon, noBandIcon, stateIcon } from '../../../ui/icons';

const look = {
  proposed: { tone: 'blue', icon: bandIcon.blue }, accepted: { tone: 'green', icon: bandIcon.green }, declined: { tone: 'none', icon: stateIcon.stop },
  withdrawn: { tone: 'none', icon: noBandIcon }, revoked: { tone: 'orange', icon: bandIcon.orange }, expired: { tone: 'none', icon: stateIcon.none },
};

export function AgreementState({ state }: { state: State }) {
  const { t } = useWords();
  return <span className="mark nowrap" title={t(`agreement.state.${state}`)} data-testid="agreement-state" data-state={state}><i className={`mark tone-${look[state].tone}`}>{look[state].icon}</i><span>{t(`agreement.state.${state}`)}</span></span>;
}
