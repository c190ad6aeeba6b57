using System.Globalization;
using Jingwei.Server;
using Jingwei.Server.Console;

namespace Jingwei.Tests.Console;

public sealed class LiveSourcesTests
{
    [Fact]
    public async Task What_cannot_be_told_holds_nobody_up()
    {
        var feed = new Feed<string>();
        var numbers = new List<int>();
        var failures = new List<Exception>();
        using var stop = new CancellationTokenSource();
        var draining = LiveSources.DrainAsync(feed.Subscribe(1), text => numbers.Add(int.Parse(text, CultureInfo.InvariantCulture)), failures.Add, stop.Token);
        foreach (var text in new[] { "1", "two", "3", "4", "5" })
        {
            await feed.PublishAsync(text, TestContext.Current.CancellationToken);
        }

        // Of a source that holds one item, all but the last are told once that has room.
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => draining);
        Assert.Equal([1, 3, 4], numbers.Take(3));
        Assert.IsType<FormatException>(Assert.Single(failures));
    }
}
