using System.Threading.Channels;
using Jingwei.Server.Cases;
using Jingwei.Server.Directory;
using Jingwei.Server.Directory.Edits;
using Jingwei.Server.Indicators;
using Jingwei.Server.Notifications.Duty;
using Jingwei.Server.Notifications.Inbox;
using Jingwei.Server.Packs;
using Jingwei.Server.Reports;
using Jingwei.Server.Reports.Incidents;
using Jingwei.Server.Reports.Settling;
using Jingwei.Server.Rules;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Console;

/// <summary>Carries what the slices announce to the open screens. Never holds anything up: it drains at once, screens coalesce.</summary>
internal sealed partial class LiveSources(
    Live live, Readings readings, Things things, Presence presence, Edits edits, Progress progress, LiveIndicators indicators, IndicatorView indicatorView,
    Subjects subjects,
    Alarms alarms, AlarmView alarmView, CaseStore cases, CaseView caseView, NotificationBook notifications, DutyLog duty, IncidentBook incidents, IncidentView incidentView,
    SettledReports reports, ReportView reportView, PackCatalog packs, ILogger<LiveSources> logger) : BackgroundService
{
    // Bursts between two turns of the loop; a full channel makes its producer wait for one turn.
    private const int Burst = 256;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        presence.Changed += id => TellThing(id);
        edits.Stepped += edit => progress.Report($"edit-{edit.Id}", NameOf(edit), edit.Done, edit.Total);
        progress.Changed += item => live.Send(new LiveEvent("progress", item.Task, null, null, item));
        return Task.WhenAll(
            DrainAsync(readings.Follow(Burst, @while: () => live.HasClients), TellReadings, stoppingToken),
            DrainAsync(things.Changes.Subscribe(Burst), thing => TellThing(thing.Id), stoppingToken),
            DrainAsync(indicators.Changes.Subscribe(Burst), TellIndicator, stoppingToken),
            DrainAsync(alarms.Changes.Subscribe(Burst), TellAlarm, stoppingToken),
            DrainAsync(cases.Changes.Subscribe(Burst), TellCase, stoppingToken),
            DrainAsync(notifications.Changes.Subscribe(Burst), TellNotification, stoppingToken),
            DrainAsync(duty.Entries.Subscribe(Burst), entry => live.Send(new("duty", $"{entry.Id}", duty.ScopeOf(entry.Party, entry.Region), null, entry)), stoppingToken),
            DrainAsync(duty.Changes.Subscribe(Burst), made => live.Send(new("handover", $"{made.Id}", duty.ScopeOf(made.Party, made.Region), null, made)), stoppingToken),
            DrainAsync(incidents.Changes.Subscribe(Burst), TellIncident, stoppingToken),
            DrainAsync(reports.Changes.Subscribe(Burst), TellReport, stoppingToken));
    }

    /// <summary>Tells everything that comes. What cannot be told is passed over: a source that nobody drains holds up whoever announces, for ever.</summary>
    internal static async Task DrainAsync<T>(ChannelReader<T> source, Action<T> tell, Action<Exception> failed, CancellationToken stopping)
    {
        await foreach (var item in source.ReadAllAsync(stopping))
        {
            try
            {
                tell(item);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failed(failure);
            }
        }
    }

    private Task DrainAsync<T>(ChannelReader<T> source, Action<T> tell, CancellationToken stopping) => DrainAsync(source, tell, LogUntold, stopping);

    private static Label NameOf(EditItem edit) => edit.Kind switch
    {
        EditKind.Import => new($"导入 {edit.Name}", $"Import {edit.Name}"),
        EditKind.Undo => new($"撤销 {edit.Name}", $"Undo {edit.Name}"),
        _ => new($"批量修改 {edit.Name}", $"Change {edit.Name}"),
    };

    private void TellReadings(ReadingBatch batch)
    {
        if (!live.HasClients)
        {
            return;
        }

        foreach (var reading in batch.Readings)
        {
            if (!reading.Late)
            {
                live.Send(things.ScopeOf(reading.Thing), reading.Thing, reading.Property.Id, LiveValue.Of(reading));
            }
        }
    }

    private void TellThing(string id)
    {
        if (things.TryGet(id, out var thing))
        {
            live.Send(new LiveEvent("thing", id, things.ScopeOf(thing), thing, ThingEndpoints.Item(thing, packs, presence)));
        }
    }

    private void TellIndicator(IndicatorValue value)
    {
        if (live.HasClients && subjects.Find(value.Thing) is { } subject && indicatorView.Item(value) is { } item)
        {
            var thing = item.Subject == SubjectKind.Thing ? subject : null;
            live.Send(new LiveEvent("indicator", $"{value.Indicator}/{value.Thing}/{value.Window.From}", subjects.ScopeOf(subject), thing, item));
        }
    }

    private void TellAlarm(Alarm alarm)
    {
        if (things.TryGet(alarm.Thing, out var thing) && alarmView.Item(alarm) is { } item)
        {
            live.Send(new LiveEvent("alarm", item.Id, things.ScopeOf(thing), thing, item));
        }
    }

    private void TellCase(CaseRow row)
    {
        var thing = row.Thing is { } id && things.TryGet(id, out var found) ? found : null;
        live.Send(new LiveEvent("case", row.Id, cases.ScopeOf(row.Party, row.Region), thing, caseView.Item(row)) { Exercise = row.Exercise });
    }

    private void TellIncident(Incident incident)
    {
        if (live.HasClients)
        {
            live.Send(new LiveEvent("incident", incident.Case, incidentView.ScopeOf(incident), null, incidentView.Item(incident)));
        }
    }

    private void TellReport(SettledReport report)
    {
        if (live.HasClients)
        {
            var row = report.Row;
            live.Send(new LiveEvent("report", row.Id, reportView.ScopeOf(row), null, reportView.Item(row)));
        }
    }

    // A user's own, whatever place his screen is narrowed to.
    private void TellNotification(UserNotification told) =>
        live.Send(new LiveEvent("notification", told.Notification.Id, null, null, told.Notification) { User = told.User });

    [LoggerMessage(EventId = 1800, Level = LogLevel.Error, Message = "A change could not be told to the open screens; they show it when they are loaded anew")]
    private partial void LogUntold(Exception failure);
}
