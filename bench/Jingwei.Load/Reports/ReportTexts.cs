using System.Globalization;

namespace Jingwei.Load.Reports;

/// <summary>Sentences as reports have them, made of parts: the same seed makes the same ones.</summary>
internal sealed class ReportTexts(int seed)
{
    /// <summary>Counties of one province, by code.</summary>
    public static readonly (string Code, string City, string County)[] Places =
    [
        ("330106", "杭州市", "西湖区"), ("330109", "杭州市", "萧山区"), ("330110", "杭州市", "余杭区"), ("330122", "杭州市", "桐庐县"), ("330127", "杭州市", "淳安县"), ("330182", "杭州市", "建德市"),
        ("330203", "宁波市", "海曙区"), ("330206", "宁波市", "北仑区"), ("330211", "宁波市", "镇海区"), ("330212", "宁波市", "鄞州区"), ("330225", "宁波市", "象山县"), ("330281", "宁波市", "余姚市"),
        ("330282", "宁波市", "慈溪市"), ("330302", "温州市", "鹿城区"), ("330303", "温州市", "龙湾区"), ("330324", "温州市", "永嘉县"), ("330326", "温州市", "平阳县"), ("330327", "温州市", "苍南县"),
        ("330381", "温州市", "瑞安市"), ("330382", "温州市", "乐清市"), ("330402", "嘉兴市", "南湖区"), ("330421", "嘉兴市", "嘉善县"), ("330481", "嘉兴市", "海宁市"), ("330483", "嘉兴市", "桐乡市"),
        ("330502", "湖州市", "吴兴区"), ("330521", "湖州市", "德清县"), ("330522", "湖州市", "长兴县"), ("330523", "湖州市", "安吉县"), ("330602", "绍兴市", "越城区"), ("330624", "绍兴市", "新昌县"),
        ("330681", "绍兴市", "诸暨市"), ("330683", "绍兴市", "嵊州市"), ("330702", "金华市", "婺城区"), ("330726", "金华市", "浦江县"), ("330782", "金华市", "义乌市"), ("330783", "金华市", "东阳市"),
        ("330784", "金华市", "永康市"), ("330802", "衢州市", "柯城区"), ("330822", "衢州市", "常山县"), ("330881", "衢州市", "江山市"), ("330902", "舟山市", "定海区"), ("330921", "舟山市", "岱山县"),
        ("331002", "台州市", "椒江区"), ("331004", "台州市", "路桥区"), ("331022", "台州市", "三门县"), ("331023", "台州市", "天台县"), ("331081", "台州市", "温岭市"), ("331082", "台州市", "临海市"),
        ("331102", "丽水市", "莲都区"), ("331121", "丽水市", "青田县"), ("331122", "丽水市", "缙云县"), ("331181", "丽水市", "龙泉市"),
    ];

    private static readonly string[] Surnames = "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈".Split(' ');
    private static readonly string[] Words = "兴 隆 盛 达 永 安 和 平 新 华 东 方 金 桥 海 天 宏 远 广 源 顺 丰 利 民 康 宁 嘉 德 裕 泰 恒 信 长 青 云 龙 凤 山 水 江 河 湖 溪 桥 塘 湾 港 岭 坑 岙".Split(' ');
    private static readonly string[] Kinds =
    [
        "一家{0}厂发生火灾，现场浓烟滚滚", "{0}路与{1}路交叉口一辆货车与轿车相撞", "{0}化工公司储罐发生泄漏，周边有刺鼻气味", "{0}村发生山体滑坡，道路中断", "{0}小区一居民楼起火",
        "{0}工地塔吊倒塌", "{0}学校多名学生出现呕吐腹泻症状", "{0}河水位上涨漫过堤岸，低洼处进水", "{0}路地下燃气管道泄漏", "{0}大桥上客车侧翻", "{0}市场一商铺发生爆炸", "{0}水库附近有人落水", "{0}镇遭遇强对流天气，多处树木倒伏",
    ];

    private readonly Random random = new(seed);

    /// <summary>A new incident: what one report says of it.</summary>
    public (string Code, string Title, string Text) Incident()
    {
        var (code, city, county) = Places[random.Next(Places.Length)];
        var what = string.Format(CultureInfo.InvariantCulture, Kinds[random.Next(Kinds.Length)], Name(), Name());
        return (code, $"{county}{what[..Math.Min(12, what.Length)]}", $"{city}{county}{Name()}街道{what}。{Harm()}{Rest()}");
    }

    /// <summary>The same incident in other words: another report of it.</summary>
    public string Again(string text)
    {
        var end = text.IndexOf('。', StringComparison.Ordinal);
        return $"据{Surnames[random.Next(Surnames.Length)]}先生反映，{text[..end]}，{random.Next(10, 40)}名救援人员已到场。{Harm()}";
    }

    private string Name() => Words[random.Next(Words.Length)] + Words[random.Next(Words.Length)];

    private string Harm() => random.Next(6) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"已造成{random.Next(1, 4)}人死亡，{random.Next(1, 20)}人受伤。"),
        1 or 2 => string.Create(CultureInfo.InvariantCulture, $"有{random.Next(1, 12)}人受伤送医。"),
        3 => "暂无人员伤亡。",
        _ => "",
    };

    private string Rest() => $"报告人{Surnames[random.Next(Surnames.Length)]}某，现场由{Name()}派出所和消防救援站处置，周边道路已临时管制，具体原因正在调查，后续情况将及时续报。";
}
