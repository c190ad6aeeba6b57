import { ExperimentOutlined } from '@ant-design/icons';
import { useSession } from '../context/session';
import { useWords } from '../context/preferences';
import { number } from '../format/numbers';

/** On every screen while the sources are simulated, so that nobody takes their figures for those of a real plant. */
export function Simulated() {
  const { t, language } = useWords();
  const { system } = useSession();
  const speed = system.simulatedSpeed ?? null;
  if (speed === null) return null;
  return <span className="simulated" title={t('simulated.help')} data-testid="simulated"><ExperimentOutlined /><span>{speed === 1 ? t('simulated') : t('simulated.faster', { speed: number(speed, language) })}</span></span>;
}
