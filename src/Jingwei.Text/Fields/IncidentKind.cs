namespace Jingwei.Text.Fields;

/// <summary>The second level of incidents, our own: what kind of incident within its class.</summary>
/// <param name="Id">Name in programs.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="Class">Its class.</param>
/// <param name="Words">Words that speak for it, each with its weight.</param>
internal sealed record IncidentKind(string Id, string Name, IncidentClass Class, IReadOnlyList<(string Word, double Weight)> Words)
{
    /// <summary>All kinds; docs/text.md lists them for users.</summary>
    internal static IReadOnlyList<IncidentKind> All { get; } =
    [
        Of("seismic", "地震", IncidentClass.NaturalDisaster, "地震:3 震级:3 余震:3 震感:3 震中:3 里氏:3 震源:3"),
        Of("flooding", "洪涝", IncidentClass.NaturalDisaster, "洪水:3 洪涝:3 内涝:3 暴雨:2 山洪:3 溃坝:3 决堤:3 积水:2 汛情:2 水位:2 防汛:2 洪灾:3 水淹:2 被淹:2 受淹:2 淹没:2 进水:2 倒灌:2 水围困:2 被水困:2 冲锋舟:2 涨水:2 超警戒:2"),
        Of("tropical-cyclone", "台风风雹", IncidentClass.NaturalDisaster, "台风:3 大风:1.5 冰雹:3 龙卷风:3 雷击:2 飓风:3 强对流:2 雷暴:2"),
        Of("geological", "地质灾害", IncidentClass.NaturalDisaster, "泥石流:3 滑坡:3 山体滑坡:3 山塌:2 崩塌:2 塌方:1.5 地面塌陷:3 地陷:2"),
        Of("cold-drought", "低温干旱", IncidentClass.NaturalDisaster, "雪灾:3 冻雨:3 寒潮:2 干旱:3 旱情:3 旱灾:3 雪崩:3"),
        Of("wildfire", "森林草原火灾", IncidentClass.NaturalDisaster, "森林火灾:4 山火:4 烧山:3 火线:1.5 草原火灾:4 林火:4"),
        Of("fire", "火灾", IncidentClass.Accident, "火灾:3 起火:2 大火:2 失火:3 火势:2 扑灭:1.5 着火:2 灭火:1.5 火场:2 着了火:2 烧起来:2 火光:2 明火:2 浓烟:1.5 黑烟:1.5"),
        Of("road", "道路交通", IncidentClass.Accident, "交通事故:4 车祸:4 相撞:2.5 追尾:3 翻车:3 侧翻:2 肇事:2 客车:1 货车:1 轿车:1 刹车:1 超载:1 撞上:1.5 面包车:1"),
        Of("rail-air-water", "铁路水上航空", IncidentClass.Accident, "沉船:4 翻船:4 坠机:4 空难:4 列车脱轨:4 脱轨:3 客轮:2 渔船:2.5 失事:2 触礁:3 搁浅:3"),
        Of("workplace", "生产安全", IncidentClass.Accident, "爆炸:1.5 坍塌:2 垮塌:2 垮下来:2 塌陷:1 施工:0.6 高处坠落:3 触电:2 中毒窒息:3 塔吊:2 脚手架:2 砸中:2 烟花爆竹:1.5"),
        Of("mining", "矿山", IncidentClass.Accident, "矿难:4 煤矿:3 透水:3 瓦斯:3 矿井:3 冒顶:3 井下:2 矿工:3"),
        Of("hazardous-chemicals", "危险化学品", IncidentClass.Accident, "泄漏:2.5 泄露:2 危化品:3 危险化学品:3 化工厂:2.5 液氯:3 液氨:3 氯气:3 罐车:1 储罐:2 有毒气体:2.5"),
        Of("environment", "环境污染", IncidentClass.Accident, "污染:2 超标:1.5 死鱼:2.5 排污:2.5 水体:1.5 异味:2 刺激性气味:2 臭味:2 偷排:3"),
        Of("utilities", "公用设施", IncidentClass.Accident, "停电:2 停水:2 爆管:3 燃气:1.5 电梯:2.5 断电:1.5 煤气:1.5 全镇没电:2 漏煤气:2 漏气:2 水管:2 自来水:1.5 供水:1.5 供电:1.5"),
        Of("food-poisoning", "食物中毒", IncidentClass.PublicHealth, "食物中毒:4 中毒:2 呕吐:1.5 腹泻:1.5 食堂:1 亚硝酸盐:3 恶心:1 疾控中心:1.5 毒酒:3 假酒:3 变质:1"),
        Of("epidemic", "传染病", IncidentClass.PublicHealth, "疫情:3 病例:2 确诊:2 传染:2.5 流感:3 病毒:2 感染:1.5 禽流感:3 霍乱:4 手足口病:4 诺如:3 非典:3 鼠疫:4 隔离:1.5"),
        Of("occupational-poisoning", "职业中毒", IncidentClass.PublicHealth, "职业中毒:5 苯中毒:4 铅中毒:4 血铅:4 职业病:3"),
        Of("animal-epidemic", "动物疫情", IncidentClass.PublicHealth, "非洲猪瘟:5 口蹄疫:5 猪瘟:4 扑杀:3 病死猪:4"),
        Of("terror", "恐怖袭击", IncidentClass.SocialSecurity, "恐怖:3 袭击:2.5 自杀式:4 炸弹:3 汽车炸弹:4 枪手:3 武装分子:3 劫持:3 人质:3 枪击:3 爆炸:1 引爆:2.5 恐怖分子:4 塔利班:3"),
        Of("crime", "刑事治安", IncidentClass.SocialSecurity, "砍伤:3 持刀:3 抢劫:3 凶手:3 绑架:3 杀害:2.5 斗殴:3 行凶:3 歹徒:3 嫌疑人:1.2 纵火:3 诈骗:2"),
        Of("mass-gathering", "群体性事件", IncidentClass.SocialSecurity, "聚集:2 上访:3 讨薪:4 堵路:3 围堵:3 游行:3 罢工:3 静坐:3 骚乱:3 踩踏:3 维权:2 拉横幅:4"),
    ];

    private static IncidentKind Of(string id, string name, IncidentClass kind, string words) =>
        new(id, name, kind, [.. words.Split(' ').Select(word => word.Split(':')).Select(pair => (pair[0], double.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture)))]);
}
