/** Words that stand in holes of sentences, and the fields that faults begin with. */
export const nouns: Record<string, string> = {
  'country': '国家', 'province': '省', 'city': '市', 'county': '县', 'town': '镇', 'site': '场所',
  ', or left out': '，也可不填', 'organisation': '单位名称', 'industry': '行业', 'contact': '联系人', 'phone': '电话', 'email': '邮箱', 'purpose': '标识什么', 'number': '数值', 'date': '日期', 'url': '网址', 'identifier': '标识',
  'applied': '待审核', 'active': '使用中', 'suspended': '已停用', 'refused': '未批准', 'withdrawn': '已收回', 'approve': '批准', 'refuse': '不批准', 'suspend': '停用', 'resume': '恢复', 'withdraw': '收回',
  'view': '查看', 'operate': '操作', 'configure': '配置', 'administer': '管理',
  'field absent.for': '多久没有数据', 'field absent.property': '无数据的属性', 'field case': '事项类型', 'field chart': '图', 'field clear': '恢复条件', 'field clearFor': '恢复持续时间', 'field days': '天数', 'field definition': '定义', 'field during': '适用时段',
  'field every': '间隔', 'field field': '字段', 'field first': '一方', 'field for': '持续时间', 'field from': '开始', 'field holidays': '放假', 'field hours': '工作时间', 'field id': '编号', 'field indicator': '指标', 'field interest': '内容', 'field key': '公钥', 'field kind': '种类', 'field origin': '账本名称', 'field reason': '理由', 'field language': '语言', 'field mail': '邮箱',
  'field name': '名称', 'field note': '说明', 'field of': '总数', 'field outcome': '结果', 'field parameters': '参数', 'field party': '主体', 'field peers': '比较范围', 'field person': '人员', 'field property': '属性', 'field quiet': '免打扰', 'field region': '区域', 'field role': '角色', 'field rule': '规则',
  'field second': '另一方', 'field severity': '级别', 'field severityBy': '级别条件', 'field shifts': '班次', 'field state': '状态', 'field subgroup': '子组', 'field subject': '对象', 'field subscriptions': '订阅', 'field thing': '设备', 'field text': '内容', 'field title': '标题', 'field time': '时间', 'field place': '地点', 'field source': '来源', 'field sourceKind': '来源种类', 'field position': '位置', 'field link': '链接', 'field external': '外部编号', 'field remark': '意见', 'field things': '设备', 'field to': '结束', 'field type': '类型', 'field url': '地址',
  'field values': '数值', 'field when': '条件', 'field event': '事件', 'field headline': '标题', 'field description': '内容', 'field instruction': '防御指引', 'field regions': '区域', 'field replaces': '所代替的', 'field why': '理由', 'field workdays': '调休上班', 'field zone': '时区',
};
