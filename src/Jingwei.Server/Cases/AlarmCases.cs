using System.Globalization;
using System.Threading.Channels;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Rules;

namespace Jingwei.Server.Cases;

/// <summary>
/// Opens the cases that raised alarms ask for. Works from what the store says is still without a case, so what a stop
/// left undone is done at the next start, and once.
/// </summary>
internal sealed partial class AlarmCases(Alarms alarms, CaseStore cases, Things things, PackCatalog packs, ILogger<AlarmCases> logger)
    : BackgroundService
{
    private readonly HashSet<long> refused = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // One sign that there is something to do is enough; the work itself is read from the store.
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        wake.Writer.TryWrite(true);
        return Task.WhenAll(WatchAsync(wake.Writer, stoppingToken), WorkAsync(wake.Reader, stoppingToken));
    }

    // Linking a case changes an alarm, which comes back here: watching and working must not wait for each other.
    private async Task WatchAsync(ChannelWriter<bool> wake, CancellationToken stopping)
    {
        await foreach (var alarm in alarms.Changes.Subscribe(64).ReadAllAsync(stopping))
        {
            if (alarm.AwaitsCase)
            {
                wake.TryWrite(true);
            }
        }
    }

    private async Task WorkAsync(ChannelReader<bool> wake, CancellationToken stopping)
    {
        await foreach (var _ in wake.ReadAllAsync(stopping))
        {
            foreach (var alarm in alarms.AwaitingCase())
            {
                await OpenAsync(alarm, stopping);
            }
        }
    }

    private async Task OpenAsync(Alarm alarm, CancellationToken stopping)
    {
        var rule = packs.Current.Rules.FirstOrDefault(each => each.Id == alarm.Rule);
        if (refused.Contains(alarm.Id) || rule is null || !things.TryGet(alarm.Thing, out var thing))
        {
            return;
        }

        var outcome = await cases.OpenForAsync(rule, thing, alarm.Id.ToString(CultureInfo.InvariantCulture), stopping);
        if (outcome?.Row is { } row)
        {
            await alarms.LinkCaseAsync(alarm.Id, row.Id, stopping);
        }
        else if (refused.Add(alarm.Id))
        {
            LogRefused(alarm.Id, alarm.Rule, alarm.Thing, outcome?.Refusal?.Code ?? "opens-nothing");
        }
    }

    [LoggerMessage(EventId = 1402, Level = LogLevel.Warning, Message = "Alarm {Alarm} of rule {Rule} on {Thing} opens no case: {Code}")]
    private partial void LogRefused(long alarm, string rule, string thing, string code);
}
