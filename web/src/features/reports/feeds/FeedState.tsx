import type { Feed } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { bandIcon, noBandIcon, stateIcon } from '../../../ui/icons';
import { stateOf } from './feed';

const look = { off: { tone: 'none', icon: stateIcon.stop }, waiting: { tone: 'none', icon: noBandIcon }, fault: { tone: 'orange', icon: bandIcon.orange }, fine: { tone: 'green', icon: bandIcon.green } };

export function FeedState({ feed }: { feed: Feed }) {
  const { t, say } = useWords();
  const state = stateOf(feed);
  return <span className="mark" title={feed.fault === null ? t(`feeds.state.${state}`) : say(feed.fault)} data-testid="feed-state" data-state={state}><i className={`mark tone-${look[state].tone}`}>{look[state].icon}</i><span>{t(`feeds.state.${state}`)}</span></span>;
}
