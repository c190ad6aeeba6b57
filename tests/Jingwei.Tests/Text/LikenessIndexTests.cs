using Jingwei.Text.Likeness;
using Jingwei.Text.Models;

namespace Jingwei.Tests.Text;

public sealed class LikenessIndexTests
{
    private static readonly ModelFolder Shipped = new(ModelFolder.Shipped);
    private static readonly LikenessModel Likeness = Shipped.OpenLikeness();
    private static readonly Profiles Reports = new(Shipped);

    private static readonly string[] Places = ["浙江省宁波市海曙区", "浙江省温州市瓯海区", "江苏省南京市鼓楼区", "福建省福州市鼓楼区", "湖南省长沙市岳麓区"];
    private static readonly string[] Roads = ["泰安路", "解放北路", "滨江大道", "紫荆花园小区", "云栖雅苑"];
    private static readonly string[] Events = ["一居民楼发生火灾", "两车相撞", "一化工厂发生泄漏", "一名男子坠入河中"];

    [Fact]
    public void What_is_found_is_what_comparing_with_all_finds()
    {
        using var index = new LikenessIndex(Likeness, LikenessTask.Event);
        var kept = Kept().ToDictionary(each => each.Id, each => each.Profile);
        foreach (var (id, profile) in kept)
        {
            index.Set(id, profile);
        }

        foreach (var id in new long[] { 1, 37, 99 })
        {
            var expected = kept.Select(each => new LikenessNeighbour(each.Key, Likeness.Compare(kept[id], each.Value, LikenessTask.Event)))
                .OrderByDescending(each => each.Score.Logit).ThenBy(each => each.Id).Take(5);
            Assert.Equal(expected, index.Nearest(kept[id], 5));
        }
    }

    [Fact]
    public void What_was_taken_out_or_replaced_is_not_found()
    {
        using var index = new LikenessIndex(Likeness, LikenessTask.Event);
        var kept = Kept().ToArray();
        foreach (var (id, profile) in kept)
        {
            index.Set(id, profile);
        }

        Assert.True(index.Remove(kept[0].Id));
        Assert.False(index.Remove(kept[0].Id));
        index.Set(kept[1].Id, kept[50].Profile);

        Assert.Equal(kept.Length - 1, index.Count);
        Assert.DoesNotContain(index.Nearest(kept[0].Profile, 100), each => each.Id == kept[0].Id);
        Assert.Equal([kept[1].Id, kept[50].Id], index.Nearest(kept[50].Profile, 2).Select(each => each.Id));
        index.Set(kept[0].Id, kept[0].Profile);
        Assert.Equal(kept[0].Id, index.Nearest(kept[0].Profile, 1)[0].Id);
    }

    [Fact]
    public void An_empty_index_and_an_empty_report_have_no_neighbours()
    {
        using var index = new LikenessIndex(Likeness, LikenessTask.Issue);
        Assert.Empty(index.Nearest(Reports.Profile("", "", null), 3));
        index.Set(1, Reports.Profile("", "", null));
        Assert.Empty(index.Nearest(Reports.Profile("", "", null), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Nearest(Reports.Profile("", "", null), 0));
    }

    private static IEnumerable<(long Id, ReportProfile Profile)> Kept() =>
        Enumerable.Range(0, 100).Select(i => ((long)i, Reports.Profile(
            $"{Places[i % 5][3..]}{Events[i % 4]}", $"5月{(i % 3) + 2}日，{Places[i % 5]}{Roads[i / 20]}{Events[i % 4]}，造成{(i / 12) + 1}人受伤。", "2021-05-04")));
}
