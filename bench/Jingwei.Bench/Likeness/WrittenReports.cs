using System.Globalization;
using System.Text;

namespace Jingwei.Bench.Likeness;

/// <summary>Reports of incidents, day after day, written by chance from a grammar: as many names, roads and estates as a country's reports of some years have. From one seed always the same.</summary>
/// <param name="seed">Decides everything.</param>
/// <param name="days">Days from one report to the next.</param>
internal sealed class WrittenReports(int seed, double days)
{
    private static readonly string[] Cities =
    [
        "浙江省杭州市余杭区", "浙江省宁波市海曙区", "浙江省温州市瓯海区", "江苏省南京市鼓楼区", "江苏省苏州市吴江区", "福建省福州市鼓楼区", "福建省泉州市晋江市", "湖南省长沙市岳麓区", "湖南省岳阳市平江县",
        "四川省成都市武侯区", "四川省宜宾市翠屏区", "广东省广州市天河区", "广东省深圳市龙岗区", "河南省郑州市金水区", "河北省沧州市黄骅市", "山东省青岛市黄岛区", "陕西省西安市雁塔区", "辽宁省大连市甘井子区",
        "云南省昆明市石林彝族自治县", "浙江省嘉兴市桐乡市", "浙江省绍兴市诸暨市", "浙江省台州市温岭市", "浙江省金华市义乌市", "江苏省无锡市江阴市", "江苏省徐州市铜山区", "江苏省南通市启东市", "福建省厦门市集美区",
        "福建省漳州市龙海区", "湖南省株洲市醴陵市", "湖南省衡阳市耒阳市", "四川省绵阳市江油市", "四川省德阳市广汉市", "广东省佛山市顺德区", "广东省东莞市", "广东省惠州市惠阳区", "河南省洛阳市偃师区", "河南省南阳市邓州市",
        "河北省唐山市迁安市", "河北省保定市涿州市", "山东省烟台市龙口市", "山东省潍坊市寿光市", "山东省济南市章丘区", "陕西省咸阳市兴平市", "辽宁省沈阳市浑南区", "辽宁省鞍山市海城市", "云南省大理白族自治州宾川县",
        "贵州省遵义市仁怀市", "安徽省芜湖市无为市", "安徽省安庆市桐城市", "江西省九江市瑞昌市", "江西省赣州市南康区", "湖北省宜昌市枝江市", "湖北省襄阳市枣阳市", "甘肃省天水市秦州区", "吉林省长春市榆树市",
        "山西省太原市小店区", "山西省临汾市侯马市", "黑龙江省哈尔滨市五常市", "内蒙古自治区包头市昆都仑区", "海南省海口市秀英区", "青海省西宁市湟中区", "宁夏回族自治区银川市灵武市", "贵州省贵阳市花溪区", "安徽省合肥市蜀山区", "江西省南昌市青山湖区", "湖北省武汉市江夏区", "广西壮族自治区南宁市青秀区", "甘肃省兰州市城关区", "吉林省四平市铁东区",
    ];

    private static readonly string[] Kinds =
    [
        "一居民楼发生火灾|火势很快被扑灭，起火原因正在调查", "一厂房起火|浓烟滚滚，消防队出动八辆消防车", "两辆货车相撞|其中一辆侧翻，道路一度中断", "一辆客车与轿车追尾|伤者已送往医院救治",
        "一化工厂发生泄漏|附近居民被转移，环保部门正在监测", "一学校多名学生食物中毒|学生出现呕吐、腹泻症状，食品已封存送检", "一工地脚手架坍塌|工人被埋，救援正在进行", "突发山洪|房屋受损，群众被紧急转移",
        "发生山体滑坡|道路被掩埋，通信中断", "一小区地下车库积水|供电中断，业主出行困难", "发生燃气爆炸|周边玻璃震碎，管线已关闭", "一名男子持刀伤人|嫌疑人已被控制，案件正在侦办",
    ];

    private const string Syllables =
        "云栖雅苑翠屏紫荆金桂银杏锦绣瑞景华庭御府滨江望湖泰和嘉园丽水龙泉凤鸣鹤翔松涛竹影梅溪兰亭菊香荷塘海棠玉蓝湾绿星河月晨晚霞篱辰枫樟榆槐柳柏桐楠檀杉桃李樱茗萱芷蕙葵薇蔷莲蓉菱苇蓬芦萍藻岚岩峰岭峦崖壑谷坪垭" +
        "坝埠港渡洲屿礁浦泾浜汀沙澜漪淇沁润沛沐泓浩瀚渊澄澈碧青丹朱赤墨苍皓素彩虹霓雪霜露雾雨雷霄穹曦昕旭昶晖曜朗煜炜灿辉耀煌福禄寿禧祥祯祺裕隆昌盛兴旺发达康宁安定吉庆宏伟鸿鹏鹰雁鸥鹭鹊燕莺麒麟骏驰骥驿";
    private static readonly string[] Places = ["小区", "路", "大道", "村", "花园", "社区", "工业区", "大厦", "中学", "市场"];
    private static readonly string[] Hours = ["凌晨", "上午", "中午", "下午", "傍晚", "晚"];

    private readonly Random random = new(seed);
    private readonly List<Incident> told = [];
    private double day;
    private int count;

    /// <summary>The next report, so many days after the one before; one in ten tells again, in other words, of one of the last hundred.</summary>
    public (string Title, string Text, string Time, int Incident) Next()
    {
        day += days;
        if (told.Count > 0 && random.Next(10) == 0)
        {
            return Tell(told[random.Next(told.Count)]);
        }

        var incident = new Incident(
            ++count, new DateOnly(2020, 1, 1).AddDays((int)day), Cities[random.Next(Cities.Length)], Name() + Places[random.Next(Places.Length)],
            Kinds[random.Next(Kinds.Length)].Split('|'), random.Next(24), random.Next(60), random.Next(12), random.Next(40));
        told.Add(incident);
        if (told.Count > 100)
        {
            told.RemoveAt(0);
        }

        return Tell(incident);
    }

    private (string Title, string Text, string Time, int Incident) Tell(Incident incident)
    {
        var (number, date, region, place, kind, hour, minute, dead, hurt) = incident;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{date.Month}月{date.Day}日{Hours[hour / 4]}{(hour > 12 ? hour - 12 : hour)}时{minute}分许，{region}{place}{kind[0]}。");
        text.Append(CultureInfo.InvariantCulture, $"记者从{region[3..6]}应急管理部门获悉，事故造成{dead}人死亡、{hurt}人受伤。{kind[1]}。");
        for (var sentence = random.Next(3); sentence >= 0; sentence--)
        {
            text.Append(CultureInfo.InvariantCulture, $"目击者{Name()}称，当时在{place}附近的{Name()}{Places[random.Next(Places.Length)]}听到响声，随即报警，{random.Next(5, 60)}分钟后救援人员赶到现场。");
        }

        return ($"{region[3..6]}{place}{kind[0]}", text.ToString(), date.AddDays(random.Next(2)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), number);
    }

    private string Name() => string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => Syllables[random.Next(Syllables.Length)]));

    private sealed record Incident(int Number, DateOnly Day, string Region, string Place, string[] Kind, int Hour, int Minute, int Dead, int Hurt);
}
