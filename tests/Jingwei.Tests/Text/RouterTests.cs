using Jingwei.Text.Models;
using Jingwei.Text.Routing;

namespace Jingwei.Tests.Text;

public sealed class RouterTests
{
    private static readonly Router Router = new ModelFolder(ModelFolder.Shipped).OpenRouter();

    [Theory]
    [InlineData("公交车等了四十分钟还不来", "每天上班高峰公交车间隔太长，司机态度也不好，希望交通局管一管出租车和公交。", "交通运输")]
    [InlineData("学校违规补课收费", "孩子所在的中学周末组织补课，老师要求家长交补课费，请教育局查处。", "教育文体")]
    [InlineData("工厂拖欠工资", "在工地干了半年，老板一直拖欠农民工工资，也不交社保，劳动仲裁也没有结果。", "劳动和社会保障")]
    [InlineData("化工厂夜里排放废气", "每到夜里就闻到刺鼻气味，工厂偷排废水，河水变黑，环保局来查就停。", "环境保护")]
    [InlineData("医院乱收费", "母亲住院期间医院重复收取检查费，医生态度恶劣，请卫健委调查。", "卫生计生")]
    public void A_message_goes_to_the_office_that_it_speaks_of(string title, string text, string label) =>
        Assert.Equal(label, Router.Of(text, title)[0].Label);

    [Fact]
    public void Shares_add_up_to_one_and_a_silent_message_is_for_nobody_more_than_for_others()
    {
        var routes = Router.Of("小区电梯坏了三个月没人修");
        Assert.Equal(1, routes.Sum(route => route.Share), 6);
        Assert.Equal(7, routes.Select(route => route.Label).Distinct().Count());
        Assert.Equal(routes.OrderByDescending(route => route.Share), routes);
        Assert.All(Router.Of("🔥🔥"), route => Assert.Equal(1.0 / 7, route.Share, 6));
        Assert.All(Router.Of(""), route => Assert.Equal(1.0 / 7, route.Share, 6));
    }

    [Fact]
    public void Traditional_characters_and_a_million_of_them_are_read()
    {
        Assert.Equal(Router.Of("医院检查收费"), Router.Of("醫院檢查收費"));
        Assert.Equal("教育文体", Router.Of(string.Concat(Enumerable.Repeat("学校老师违规补课收费，", 90_000)))[0].Label);
    }
}
