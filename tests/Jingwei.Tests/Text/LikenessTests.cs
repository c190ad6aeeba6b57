using Jingwei.Text.Likeness;
using Jingwei.Text.Models;

namespace Jingwei.Tests.Text;

public sealed class LikenessTests
{
    private static readonly ModelFolder Shipped = new(ModelFolder.Shipped);
    private static readonly LikenessModel Likeness = Shipped.OpenLikeness();
    private static readonly Profiles Reports = new(Shipped);

    [Fact]
    public void Two_reports_of_one_fire_are_the_same_event_and_of_two_fires_are_not()
    {
        var first = Reports.Profile("泰安路居民楼起火 2人受伤", "5月3日14时20分许，浙江省宁波市海曙区泰安路一居民楼发生火灾，2人受伤，起火原因正在调查。", "2021-05-03");
        var again = Reports.Profile("宁波海曙一居民楼火灾", "5月3日下午2点20分左右，宁波市海曙区泰安路某居民楼6楼突发大火，消防员救出2名伤者，明火已被扑灭。", "2021-05-04");
        var other = Reports.Profile("温州一厂房起火", "5月3日21时许，浙江省温州市瓯海区一鞋厂发生火灾，5人受伤，起火原因正在调查。", "2021-05-04");

        Assert.InRange(Likeness.Compare(first, again, LikenessTask.Event).Score, Likeness.SameFrom(LikenessTask.Event), 1);
        Assert.InRange(Likeness.Compare(first, other, LikenessTask.Event).Score, 0, Likeness.SameFrom(LikenessTask.Event));
    }

    [Fact]
    public void The_same_complaint_about_another_estate_is_another_issue()
    {
        var first = Reports.Profile("云栖雅苑小区广场舞噪音扰民", "云栖雅苑小区门口每天晚上跳广场舞，音响声音很大，老人小孩无法休息。", "2020-05-03");
        var again = Reports.Profile("投诉云栖雅苑广场舞", "云栖雅苑北门的广场舞音响开得太大，一直跳到十点，严重影响业主休息。", "2020-06-11");
        var other = Reports.Profile("翠屏山庄小区广场舞噪音扰民", "翠屏山庄小区门口每天晚上跳广场舞，音响声音很大，老人小孩无法休息。", "2020-05-04");

        Assert.InRange(Likeness.Compare(first, again, LikenessTask.Issue).Score, Likeness.SameFrom(LikenessTask.Issue), 1);
        var score = Likeness.Compare(first, other, LikenessTask.Issue);
        Assert.InRange(score.Score, 0, Likeness.SameFrom(LikenessTask.Issue));
    }

    [Fact]
    public void A_comparison_does_not_depend_on_the_order_and_its_contributions_make_the_score()
    {
        var (a, b) = (Reports.Profile("", "昨日下午，上海市浦东新区一仓库起火，无人员伤亡。", "2019-03-02"), Reports.Profile("", "上海浦东仓库火灾扑灭。", "2019-03-02"));
        foreach (var task in Enum.GetValues<LikenessTask>())
        {
            var score = Likeness.Compare(a, b, task);
            Assert.Equal(score, Likeness.Compare(b, a, task));
            Assert.Equal(1 / (1 + Math.Exp(-(score.Text + score.Time + score.Place + score.Class + score.Numbers + score.Base))), score.Score, 12);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("🚒🚒🔥")]
    [InlineData("火災發生於臺北市，３人死亡，消防队已到场。")]
    [InlineData("北京、上海、天津、重庆、湖北武汉、湖南长沙、广东广州、四川成都、陕西西安、浙江杭州均有震感，7.1级，12人受伤，5人死亡。")]
    public void A_profile_survives_being_kept_as_bytes(string text)
    {
        var profile = Reports.Profile("标题", text, "2020-01-31");
        var kept = ReportProfile.Read(profile.ToBytes());

        Assert.Equal(profile.ToBytes(), kept.ToBytes());
        Assert.Equal(Likeness.Compare(profile, profile, LikenessTask.Event), Likeness.Compare(kept, profile, LikenessTask.Event));
    }

    [Fact]
    public void An_endless_text_makes_no_larger_profile_than_a_long_one()
    {
        var endless = Reports.Profile("", string.Concat(Enumerable.Repeat("甲乙丙丁戊己庚辛壬癸子丑寅卯3号楼辰巳午未申酉戌亥，", 40_000)), null);
        Assert.InRange(endless.ToBytes().Length, 1, 3_000);
    }

    [Fact]
    public void Bytes_that_are_no_profile_are_refused()
    {
        Assert.Throws<InvalidDataException>(() => ReportProfile.Read([]));
        Assert.Throws<InvalidDataException>(() => ReportProfile.Read([9, 1, 2]));
        var cut = Reports.Profile("标题", "上海浦东仓库火灾扑灭。", null).ToBytes();
        Assert.Throws<InvalidDataException>(() => ReportProfile.Read(cut.AsSpan(0, cut.Length / 2)));
    }
}
