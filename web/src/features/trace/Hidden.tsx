import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { Agreement } from '../../api/agreements';
import { useAll } from '../../api/all';
import type { TraceNode, TraceParty } from '../../api/trace';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { bandIcon } from '../../ui/icons';
import { useOpen } from '../../ui/open';
import { asked, productOf } from '../identifiers/agreements/agreement';
import { Propose } from '../identifiers/agreements/Propose';
import { agreementsPath, useOwn } from '../identifiers/agreements/useAgreements';
import { objectName } from './names';

type Known = Pick<TraceNode, 'id' | 'hidden'>;
interface Gap { party: TraceParty; objects: string[]; open: Agreement | undefined }

/** The parties that have events which the caller does not see, each with the objects that they are of and the request that is open. */
function useGaps(nodes: Known[]): Gap[] {
  const proposed = useAll<Agreement>(agreementsPath, { state: 'proposed', to: useOwn() }, true, 10_000).data;
  return useMemo(() => {
    const gaps = new Map<string, Gap>();
    for (const node of nodes) {
      for (const party of node.hidden) {
        const gap = gaps.get(party.id) ?? { party, objects: [], open: undefined };
        gap.objects.push(node.id);
        gap.open ??= asked(proposed ?? [], party.id, node.id);
        gaps.set(party.id, gap);
      }
    }
    return [...gaps.values()];
  }, [nodes, proposed]);
}

/** As many as are listed before one asks for the others: what was found shall stay in sight. */
const usuallyListed = 3;

/** Where a trace ends because others know more: who they are, and a way to ask them. */
export function Hidden({ nodes }: { nodes: Known[] }) {
  const { t } = useWords();
  const { can } = useSession();
  const { open } = useOpen();
  const gaps = useGaps(nodes);
  const [asking, ask] = useState<Gap | null>(null);
  const [isOpen, unfold] = useState(false);
  const more = gaps.length - usuallyListed;
  if (gaps.length === 0) return null;
  return (
    <ul className="gaps" data-testid="trace-gaps">
      {(isOpen ? gaps : gaps.slice(0, usuallyListed)).map((gap) => {
        const names = gap.objects.length > 3 ? t('trace.gap.objects', { name: objectName(gap.objects[0] ?? ''), count: gap.objects.length }) : gap.objects.map(objectName).join(t('list.and'));
        return (
          <li key={gap.party.id} className="row" data-testid="trace-gap" data-id={gap.party.id}>
            <span className="mark"><i className="mark tone-orange">{bandIcon.orange}</i><span>{t('trace.gap', { party: gap.party.name, objects: names })}</span></span>
            {gap.open !== undefined ? <button type="button" className="link" onClick={() => { open('agreement', gap.open?.id ?? null); }} data-testid="trace-asked">{t('trace.gap.asked')}</button>
              : can('operate') && <Button size="small" onClick={() => { ask(gap); }} data-testid="trace-ask">{t('agreement.ask')}</Button>}
          </li>
        );
      })}
      {more > 0 && <li><button type="button" className="link" aria-expanded={isOpen} onClick={() => { unfold(!isOpen); }} data-testid="trace-gaps-more">{t(isOpen ? 'trace.gaps.less' : 'trace.gaps.more', { count: more })}</button></li>}
      {asking !== null && <Propose way="ask" filled={{ other: asking.party, object: asking.objects[0], products: [...new Set(asking.objects.map(productOf))] }} onClose={() => { ask(null); }} onMade={(made) => { ask(null); open('agreement', made.id); }} />}
    </ul>
  );
}
