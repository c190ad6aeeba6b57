using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

public sealed class CaseListTests : IDisposable
{
    private static readonly CaseFilter Any = new(null, null, null, null, null, null, null, null);
    private readonly CaseWorld world = new();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData("主轴")]
    [InlineData("过热")]
    [InlineData("轴过")]
    [InlineData("热")]
    [InlineData("主")]
    [InlineData("主轴过热")]
    [InlineData("m-01 过热")]
    [InlineData("Ｍ－０１")]
    [InlineData("2026-000001")]
    [InlineData("000001")]
    [InlineData("异响")]
    [InlineData("bearing")]
    [InlineData("BEAR")]
    [InlineData("𠮷")]
    [InlineData("  ")]
    public async Task A_case_is_found_by_any_part_of_its_words(string query)
    {
        var id = (await world.OpenAsync(Order("M-01 主轴过热", """{"symptom":"异响 𠮷","cause":"bearing"}"""))).Id;
        Assert.Equal([id], Found(Any with { Query = query }));
    }

    [Theory]
    [InlineData("轴主")]
    [InlineData("过主轴")]
    [InlineData("主热")]
    [InlineData("主轴 过冷")]
    [InlineData("2026-000002")]
    [InlineData("%")]
    [InlineData("'; DROP TABLE case_row; --")]
    public async Task A_case_is_not_found_by_what_it_does_not_say(string query)
    {
        await world.OpenAsync(Order("M-01 主轴过热 热过"));
        Assert.Empty(Found(Any with { Query = query }));
    }

    [Fact]
    public void Where_there_is_no_case_none_is_counted() => Assert.Empty(world.Cases.Count(Operator, Any));

    [Fact]
    public async Task Filters_narrow_by_type_state_openness_assignee_thing_and_lateness()
    {
        var closed = (await world.ClosedAsync()).Id;
        var raised = (await world.OpenAsync(Raised("a1"))).Id;
        var taken = (await world.OpenAsync()).Id;
        await world.DoAsync(Engineer, taken, Take("take"));
        Assert.Equal([taken, raised, closed], Found(Any));
        Assert.Equal([taken, raised, closed], Found(Any with { Type = "work-order" }));
        Assert.Empty(Found(Any with { Type = "inspection" }));
        Assert.Equal([raised], Found(Any with { State = "breakdown" }));
        Assert.Equal([taken, raised], Found(Any with { Open = true }));
        Assert.Equal([closed], Found(Any with { Open = false }));
        Assert.Equal([taken], Found(Any with { Assignee = "li" }));
        Assert.Equal([raised], Found(Any with { Thing = "m-01" }));
        world.Time.Advance(TimeSpan.FromMinutes(10));
        await world.DoAsync(Caller.System, raised, new PassTime());
        Assert.Equal([raised], Found(Any with { Late = true }));
        Assert.Equal([taken, closed], Found(Any with { Late = false }));
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        var ids = new List<string>();
        for (var count = 0; count < 7; count++)
        {
            ids.Insert(0, (await world.OpenAsync()).Id);
        }

        var first = world.Cases.List(Operator, Any, new PageRequest(null, 3));
        Assert.Equal(ids[..3], first.Items.Select(row => row.Id));
        // A case opened meanwhile stands before the first page and disturbs none.
        await world.OpenAsync();
        var second = world.Cases.List(Operator, Any, new PageRequest(Decoded(first.Next!), 3));
        Assert.Equal(ids[3..6], second.Items.Select(row => row.Id));
        var third = world.Cases.List(Operator, Any, new PageRequest(Decoded(second.Next!), 3));
        Assert.Equal(ids[6..], third.Items.Select(row => row.Id));
        Assert.Null(third.Next);
    }

    private IEnumerable<string> Found(CaseFilter filter) =>
        world.Cases.List(Operator, filter, new PageRequest(null, 100)).Items.Select(row => row.Id);

    private static string Decoded(string cursor) =>
        System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(cursor.PadRight((cursor.Length + 3) / 4 * 4, '=')));
}
