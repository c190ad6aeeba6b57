using Jingwei.Text.Fields;
using Jingwei.Text.Models;

namespace Jingwei.Tests.Text;

public sealed class ReportReaderTests
{
    private static readonly ReportReader Reader = new ModelFolder(ModelFolder.Shipped).OpenReports();

    [Fact]
    public void A_flood_is_structured_whole()
    {
        const string text = "据湖南省应急管理厅消息，7月11日凌晨，湖南省岳阳市平江县突发山洪，造成3人死亡、2人失踪，紧急转移群众1200余人，直接经济损失约3500万元。";
        var facts = Reader.Read(text, "平江县发生山洪", "2021年7月12日");

        Assert.Equal((IncidentClass.NaturalDisaster, "flooding"), (facts.Class, facts.Kind?.Value));
        Assert.Equal(new DateOnly(2021, 7, 11), facts.Date?.Value);
        Assert.Equal(("湖南", "岳阳市", "平江县", "430626"), (facts.Province?.Value, facts.City, facts.County, facts.RegionCode));
        Assert.Equal((3, 2, 1200), (facts.Dead?.Value, facts.Missing?.Value, facts.Evacuated?.Value));
        Assert.Equal(35_000_000, facts.Loss?.Value);
        Assert.Equal(["injured"], facts.Lacking);
        Assert.Equal("3", text[facts.Dead!.Start..(facts.Dead.Start + 1)]);
    }

    [Theory]
    [InlineData("昨日下午，某化工厂液氯储罐发生泄漏，12人中毒送医。", IncidentClass.Accident)]
    [InlineData("受台风影响，沿海多地出现大风和暴雨。", IncidentClass.NaturalDisaster)]
    [InlineData("山体滑坡掩埋三户民房，泥石流冲毁公路。", IncidentClass.NaturalDisaster)]
    [InlineData("煤矿发生瓦斯突出，9名矿工被困井下。", IncidentClass.Accident)]
    [InlineData("数十名农民工聚集讨薪并堵路。", IncidentClass.SocialSecurity)]
    [InlineData("学校出现诺如病毒疫情，36名学生确诊。", IncidentClass.PublicHealth)]
    public void The_class_follows_from_what_is_told(string text, IncidentClass expected) =>
        Assert.Equal(expected, Reader.Read(text).Class);

    [Fact]
    public void A_name_that_several_provinces_have_is_told_by_its_neighbours()
    {
        Assert.Equal("江苏", Reader.Read("今天上午，南京市鼓楼区中山北路一家商铺起火。").Province?.Value);
        Assert.Equal("福建", Reader.Read("今天上午，福州市鼓楼区一家商铺起火。").Province?.Value);
        Assert.Equal("350102", Reader.Read("今天上午，福州市鼓楼区一家商铺起火。").RegionCode);
    }

    [Fact]
    public void The_place_that_vehicles_come_from_is_not_the_place()
    {
        var facts = Reader.Read("8日凌晨，一辆广东开往贵州的大客车在广西南丹县发生追尾事故，6人死亡。");
        Assert.Equal(("广西", "河池市", "南丹县"), (facts.Province?.Value, facts.City, facts.County));
    }

    [Fact]
    public void Of_ten_places_the_one_of_the_event_is_taken()
    {
        var facts = Reader.Read(
            "7月3日，浙江省温岭市发生一起交通事故，2人死亡。此前北京、上海、天津、重庆、湖北武汉、湖南长沙、广东广州、四川成都、陕西西安等地均部署了检查。", "浙江温岭发生车祸", "2020-07-04");
        Assert.Equal(("浙江", "台州市", "温岭市"), (facts.Province?.Value, facts.City, facts.County));
    }

    [Fact]
    public void What_is_not_stated_is_null_and_named_and_what_is_denied_is_zero()
    {
        var bare = Reader.Read("路口两车相刮，交警正在处理。");
        Assert.Null(bare.Province);
        Assert.Null(bare.Dead);
        Assert.Equal(["date", "province", "dead", "injured"], bare.Lacking);

        var spared = Reader.Read("火灾未造成人员伤亡。");
        Assert.Equal((0, 0), (spared.Dead?.Value, spared.Injured?.Value));
    }

    [Fact]
    public void Parts_of_a_toll_are_added_and_shares_are_not()
    {
        Assert.Equal(17, Reader.Read("事故共造成6人死亡，3人重伤，14人轻微伤。").Injured?.Value);
        Assert.Equal(52, Reader.Read("另有52人受伤，其中9人伤势较重。").Injured?.Value);
    }

    [Fact]
    public void Traditional_characters_are_read_too()
    {
        var facts = Reader.Read("昨日下午，臺灣臺中市發生火災，３人死亡。", "", "2014-03-13");
        Assert.Equal(("台湾", 3, new DateOnly(2014, 3, 12)), (facts.Province?.Value, facts.Dead?.Value, facts.Date?.Value));
    }

    [Fact]
    public void An_empty_and_an_endless_report_are_read()
    {
        Assert.Equal(IncidentClass.Unknown, Reader.Read("").Class);
        var endless = Reader.Read(string.Concat(Enumerable.Repeat("5月1日广西南宁火灾3人死亡，", 70_000)), "", "2014-05-02");
        Assert.Equal(("广西", 3), (endless.Province?.Value, endless.Dead?.Value));
    }
}
