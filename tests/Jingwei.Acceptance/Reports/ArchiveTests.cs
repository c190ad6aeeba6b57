using System.Diagnostics;
using System.Net.Http.Json;

namespace Jingwei.Acceptance.Reports;

/// <summary>Archives of other systems beside what else the server does.</summary>
public sealed class ArchiveTests : IAsyncLifetime
{
    private ReportHost host = null!;

    public async ValueTask InitializeAsync() => host = await ReportHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Who_asks_is_answered_while_an_archive_is_read()
    {
        await LoadAsync("first", 1);
        var begun = Stopwatch.GetTimestamp();
        var loading = LoadAsync("second", 2000);
        var longest = TimeSpan.Zero;
        while (!loading.IsCompleted)
        {
            var asked = Stopwatch.GetTimestamp();
            await host.Server.GetAsync("/api/incidents?region=&severity=red");
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(asked).Ticks));
        }

        await loading;
        var whole = Stopwatch.GetElapsedTime(begun);
        Assert.True(longest < whole / 3, $"One answer took {longest} of {whole}.");
    }

    [Fact]
    public async Task Archives_that_come_at_once_are_all_there()
    {
        await Task.WhenAll(LoadAsync("one", 50), LoadAsync("two", 50), LoadAsync("three", 50));
        var ended = (await host.Server.GetAsync("/api/incidents?open=false&limit=200"))["items"]!.AsArray();
        Assert.Equal(150, ended.Select(each => (string)each!["id"]!).Distinct().Count());
    }

    private async Task LoadAsync(string name, int count)
    {
        var opened = TimeProvider.System.GetUtcNow().AddDays(-3);
        var text = string.Concat(Enumerable.Repeat("瑞安市塘下镇一家化工厂发生爆炸，现场浓烟滚滚，1人死亡，12人受伤，转移群众120人，消防救援站到场处置。", 20));
        var archive = Enumerable.Range(0, count).Select(number => new
        {
            number = $"{name}-{number}",
            title = $"瑞安市塘下镇{number}号厂房爆炸",
            text,
            region = "330381",
            severity = "orange",
            opened,
            closed = opened.AddHours(10),
        });
        (await host.Server.Admin.PostAsJsonAsync("/api/incidents/archive", archive)).EnsureSuccessStatusCode();
    }
}
