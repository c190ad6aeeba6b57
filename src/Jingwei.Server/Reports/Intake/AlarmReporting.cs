using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Reports.Incidents;
using Jingwei.Server.Rules;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Reports.Intake;

/// <summary>
/// Makes reports of the alarms that an incident type asks for. Works from the alarms that the store has behind a mark, so what a stop left undone is done
/// at the next start, and once: an alarm's number is the report's id at its source.
/// </summary>
internal sealed partial class AlarmReporting(
    Alarms alarms, Things things, IncidentTypes types, ReportIntake intake, Database database, TimeProvider time, ILogger<AlarmReporting> logger) : BackgroundService
{
    // What cannot be written now may be written in a moment.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private const int Together = 256;
    private const string Mark = "alarms";

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        wake.Writer.TryWrite(true);
        return Task.WhenAll(WatchAsync(wake.Writer, stoppingToken), WorkAsync(wake.Reader, stoppingToken));
    }

    private async Task WatchAsync(ChannelWriter<bool> wake, CancellationToken stopping)
    {
        await foreach (var alarm in alarms.Changes.Subscribe(64).ReadAllAsync(stopping))
        {
            if (alarm.State == AlarmState.Raised)
            {
                wake.TryWrite(true);
            }
        }
    }

    private async Task WorkAsync(ChannelReader<bool> wake, CancellationToken stopping)
    {
        await foreach (var _ in wake.ReadAllAsync(stopping))
        {
            while (!TryReport())
            {
                await Task.Delay(Retry, time, stopping);
            }
        }
    }

    // False where that could not be written: the mark stands where it stood.
    private bool TryReport()
    {
        try
        {
            var mark = database.Read(store => store.ExecuteScalar<long?>("SELECT value FROM report_mark WHERE name = @Mark", new { Mark }));
            var after = mark ?? 0;
            while (alarms.After(after, Together) is { Count: > 0 } next)
            {
                after = next[^1].Id;

                // Alarms of the time before there was anybody to report them to are not reported.
                if (mark is not null)
                {
                    Report(next);
                    Remember(after);
                }
            }

            if (mark is null)
            {
                Remember(after);
            }

            return true;
        }
        catch (Exception damage) when (damage is IOException or SqliteException)
        {
            LogRetry(damage);
            return false;
        }
    }

    private void Report(IReadOnlyList<Alarm> raised)
    {
        var reports = types.All.SelectMany(type => raised.Select(alarm => ReportOf(type, alarm))).OfType<NewReport>().ToList();
        if (reports.Count > 0)
        {
            intake.Receive(Caller.System, reports);
        }
    }

    private NewReport? ReportOf(IncidentType type, Alarm alarm)
    {
        if (type.Alarms is not { } wanted || !wanted.Severities.Contains(alarm.Severity) || alarm.Group is not null || alarm.State == AlarmState.Suppressed || !things.TryGet(alarm.Thing, out var thing))
        {
            return null;
        }

        return new NewReport(
            type.Id, thing.Party, thing.Region, thing.Region, ReportChannel.Alarm, wanted.Source, thing.Name, $"{thing.Name} {alarm.RuleName.Zh}",
            $"{thing.Name}：{alarm.RuleName.Zh}。{alarm.Explanation.Zh}", alarm.RaisedAt, null, null, alarm.Id.ToString(CultureInfo.InvariantCulture), false)
        {
            Original = new("application/json", JsonSerializer.SerializeToUtf8Bytes(alarm, JsonSerializerOptions.Web)),
        };
    }

    private void Remember(long position) => database.Write((store, transaction) => store.Execute(
        "INSERT INTO report_mark (name, value) VALUES (@Mark, @position) ON CONFLICT (name) DO UPDATE SET value = @position", new { Mark, position }, transaction));

    [LoggerMessage(EventId = 1704, Level = LogLevel.Error, Message = "Alarms could not be reported; they wait, and it is tried again")]
    private partial void LogRetry(Exception damage);
}
