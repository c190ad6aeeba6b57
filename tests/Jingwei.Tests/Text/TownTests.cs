using Jingwei.Text.Fields;
using Jingwei.Text.Likeness;
using Jingwei.Text.Models;

namespace Jingwei.Tests.Text;

/// <summary>Towns tell the county where a report names nothing else. Which county has which town is as the list of divisions of 2023 says.</summary>
public sealed class TownTests
{
    private static readonly ModelFolder Shipped = new(ModelFolder.Shipped);
    private static readonly ReportReader Reader = Shipped.OpenReports();

    [Theory]
    [InlineData("湖岭镇小学有师生约60人被洪水困在教学楼二楼。", "330381")]
    [InlineData("虎门镇一仓库着火。", "441900")]
    // A county's name is the beginning of the town's; the town lies in another.
    [InlineData("平阳坑镇村口石桥被洪水冲垮。", "330381")]
    [InlineData("温州市湖岭镇停电。", "330381")]
    // Five counties have one.
    [InlineData("水头镇又淹了。", null)]
    [InlineData("浙江省水头镇又淹了。", "330326")]
    public void A_town_of_one_county_names_it(string text, string? code) => Assert.Equal(code, Reader.Read(text).RegionCode);

    [Fact]
    public void Of_towns_of_one_name_the_one_is_meant_that_is_looked_after()
    {
        const string text = "水头镇又淹了，一楼家具全泡了。";
        Assert.Equal("330326", Reader.Read(text, isHere: code => code.StartsWith("33", StringComparison.Ordinal)).RegionCode);
        Assert.Equal("350583", Reader.Read(text, isHere: code => code.StartsWith("35", StringComparison.Ordinal)).RegionCode);

        // Two of the province have one.
        Assert.Null(Reader.Read("龙山镇停水了。", isHere: code => code.StartsWith("33", StringComparison.Ordinal)).RegionCode);
    }

    [Fact]
    public void A_name_that_means_a_region_elsewhere_counts_less_than_a_town_of_here() =>
        Assert.Equal("330206", Reader.Read("新碶街道望江路水管爆裂。", isHere: code => code.StartsWith("33", StringComparison.Ordinal)).RegionCode);

    [Fact]
    public void Reports_of_one_town_are_likelier_one_event_than_reports_of_two()
    {
        var reports = new Profiles(Shipped);
        var likeness = Shipped.OpenLikeness();
        var one = reports.Profile("", "湖岭镇多户进水，老人走不出来。", "2026-06-20");
        var same = reports.Profile("", "湖岭镇小学被洪水围困。", "2026-06-20");
        var other = reports.Profile("", "高楼镇小学被洪水围困。", "2026-06-20");
        var far = reports.Profile("", "新碶街道小学被洪水围困。", "2026-06-20");

        var score = likeness.Compare(one, same, LikenessTask.Event);
        Assert.InRange(score.Score, likeness.SameFrom(LikenessTask.Event), 1);
        Assert.True(score.Place > likeness.Compare(one, other, LikenessTask.Event).Place);
        Assert.InRange(likeness.Compare(one, far, LikenessTask.Event).Score, 0, likeness.SameFrom(LikenessTask.Event));
    }

    [Fact]
    public void What_the_sender_says_of_the_region_counts_where_the_text_is_silent()
    {
        var (text, time) = ("门口的路成了河，车子都漂起来了。", "2026-06-20");
        var profiles = Shipped.OpenProfiles();
        var likeness = Shipped.OpenLikeness();
        var here = Of("330381");
        Assert.True(likeness.Compare(here, Of("330381"), LikenessTask.Event).Place > 1);
        Assert.True(likeness.Compare(here, Of("330206"), LikenessTask.Event).Place < -1);

        ReportProfile Of(string region) => profiles.Read(text, "", time, Reader.Read(text, "", time) with { RegionCode = region });
    }
}
