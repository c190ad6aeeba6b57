import { ExperimentOutlined } from '@ant-design/icons';
import { useWords } from '../../context/preferences';

/** On everything that belongs to an exercise, so that nobody takes it for real. */
export function ExerciseTag() {
  const { t } = useWords();
  return <span className="simulated exercise" data-testid="exercise-tag"><ExperimentOutlined /><span>{t('exercise')}</span></span>;
}
