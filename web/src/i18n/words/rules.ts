import type { Words } from './types';

export const rules = {
  'rules.title': ['规则', 'Rules'],
  'rules.rule': ['规则', 'Rule'],
  'rules.applies': ['适用', 'Applies to'],
  'rules.when': ['条件', 'Condition'],
  'rules.clear': ['恢复条件', 'Clears when'],
  'rules.clear.default': ['条件不再满足', 'The condition no longer holds'],
  'rules.for': ['持续', 'For'],
  'rules.absent': ['{property} 超过 {span} 没有数据', 'No {property} for {span}'],
  'rules.opens': ['发起事项', 'Opens case'],
  'rules.evaluated': ['判定', 'Evaluated'],
  'rules.matched': ['满足', 'Matched'],
  'rules.raised': ['告警', 'Raised'],
  'rules.suppressed': ['抑制', 'Suppressed'],
  'rules.pack': ['所属行业包', 'Pack'],
  'rules.alarms': ['看它的告警', 'Its alarms'],
  'rules.empty': ['还没有规则', 'No rules yet'],
  'rules.empty.help': ['规则写在行业包的 rules 目录，改动后即时生效。', 'Rules live in a pack’s rules folder and take effect at once.'],
} as const satisfies Words;
