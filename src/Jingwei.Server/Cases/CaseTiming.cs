using System.Collections.Immutable;
using System.Globalization;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>When things happen to a case by themselves, and what comes of it when the time is there.</summary>
public static class CaseTiming
{
    /// <summary>Key of the timer of a state's deadline.</summary>
    public const string Due = "due";

    private const string Reminder = "remind/";
    private const string Escalation = "escalate/";
    private const string Task = "task/";
    private const string Answer = "answer/";

    /// <summary>Key of the timer of a task's deadline.</summary>
    public static string DueOf(string task) => $"{Task}{task}/{Due}";

    public static bool IsEscalation(CaseTimer timer) => timer.Key.StartsWith(Escalation, StringComparison.Ordinal);

    /// <summary>Of a state or of a task.</summary>
    public static bool IsReminder(CaseTimer timer) => timer.Key.StartsWith(Reminder, StringComparison.Ordinal) || timer.Key.Contains($"/{Reminder}", StringComparison.Ordinal);

    public static bool IsOfTask(CaseTimer timer) => timer.Key.StartsWith(Task, StringComparison.Ordinal);

    /// <summary>True for what ends with the stay in a state.</summary>
    public static bool IsOfState(CaseTimer timer) => !IsOfTask(timer) && !timer.Key.StartsWith(Answer, StringComparison.Ordinal);

    /// <summary>Key of the timer of an answer to those above.</summary>
    /// <param name="seq">The event that asked for it.</param>
    public static string AnswerTo(long seq) => string.Create(CultureInfo.InvariantCulture, $"{Answer}{seq}");

    public static bool IsOf(CaseTimer timer, string task) => timer.Key.StartsWith($"{Task}{task}/", StringComparison.Ordinal);

    /// <summary>When a case that comes into a state now has to have left it; null for no limit.</summary>
    public static DateTimeOffset? DueIn(CaseState state, Band severity, DateTimeOffset entered, WorkClock clock) =>
        state.WithinFor(severity) is { } within ? clock.After(entered, within, state.Calendar) : null;

    /// <summary>Reminders and escalations of a stay in a state; null for none.</summary>
    public static ImmutableArray<CaseTimer>? Of(CaseState state, Band severity, DateTimeOffset entered, WorkClock clock)
    {
        var timers = ImmutableArray.CreateBuilder<CaseTimer>();
        if (state.WithinFor(severity) is { } within)
        {
            timers.AddRange(Reminders("", state.RemindFor(severity), within, entered, state.Calendar, clock));
        }

        for (var step = 0; step < state.Escalations.Length; step++)
        {
            if (state.Escalations[step].Severities is { } severities && !severities.Contains(severity))
            {
                continue;
            }

            var key = string.Create(CultureInfo.InvariantCulture, $"{Escalation}{step}");
            timers.Add(new(key, clock.After(entered, state.Escalations[step].After, state.Calendar)));
        }

        return timers.Count == 0 ? null : timers.ToImmutable();
    }

    /// <summary>Deadline and reminders of a task that can begin now.</summary>
    public static ImmutableArray<CaseTimer> Of(PlanTask task, Band severity, DateTimeOffset ready, WorkClock clock) => task.WithinFor(severity) is { } within
        ? [
            new(DueOf(task.Id), clock.After(ready, within, task.Calendar)),
            .. Reminders($"{Task}{task.Id}/", task.RemindFor(severity), within, ready, task.Calendar, clock),
        ]
        : [];

    public static DateTimeOffset? DueOf(PlanTask task, Band severity, DateTimeOffset ready, WorkClock clock) =>
        task.WithinFor(severity) is { } within ? clock.After(ready, within, task.Calendar) : null;

    /// <summary>What a state's timers are with its deadline.</summary>
    public static ImmutableArray<CaseTimer> WithDue(DateTimeOffset? due, ImmutableArray<CaseTimer>? others) =>
        due is { } at ? [new(Due, at), .. others ?? []] : others ?? [];

    /// <summary>What comes of the time that has passed: every timer that is due fires, the earliest first.</summary>
    public static ImmutableArray<CaseEvent> Pass(CaseType? type, Case state, DateTimeOffset now) => state.Final
        ? []
        : [.. state.Timers
            .Where(timer => !timer.Fired && timer.At <= now)
            .OrderBy(timer => timer.At)
            .Select(timer => Fire(type, state, timer))];

    /// <summary>The severity that a case has once what came of the time is so.</summary>
    public static Band SeverityAfter(Case state, ImmutableArray<CaseEvent> passed)
    {
        var severity = state.Severity;
        foreach (var it in passed)
        {
            severity = it is CaseEscalated { Severity: { } raised } ? raised : severity;
        }

        return severity;
    }

    private static CaseEvent Fire(CaseType? type, Case state, CaseTimer timer)
    {
        if (timer.Key == Due)
        {
            return new CaseOverdue(state.State, timer.At);
        }

        if (timer.Key.StartsWith(Answer, StringComparison.Ordinal))
        {
            return new CaseAnswerOverdue(long.Parse(timer.Key.AsSpan(Answer.Length), CultureInfo.InvariantCulture), timer.At);
        }

        if (IsOfTask(timer))
        {
            var task = timer.Key.Split('/')[1];
            return timer.Key == DueOf(task)
                ? new CaseTaskOverdue(task, timer.At)
                : new CaseReminded(timer.Key, state.Task(task)?.Due ?? timer.At, task);
        }

        return IsEscalation(timer)
            ? Escalated(type, state, timer)
            : new CaseReminded(timer.Key, state.Due ?? timer.At, null);
    }

    // A version that is not known any more tells its own place's duty: nobody is left out because a file is gone.
    private static CaseEscalated Escalated(CaseType? type, Case state, CaseTimer timer)
    {
        var step = int.Parse(timer.Key[Escalation.Length..], CultureInfo.InvariantCulture);
        var all = type?.States.FirstOrDefault(each => each.Id == state.State)?.Escalations ?? [];
        var said = step < all.Length ? all[step] : new Escalation(timer.At - state.EnteredAt, Recipient.Duty, Access.Right.Operate, null, null);
        var isDuty = said.Notify == Recipient.Duty;
        // Severities are from the most urgent on.
        var raised = said.Severity < state.Severity ? said.Severity : null;
        return new(timer.Key, state.State, step + 1, said.After, said.Notify, isDuty ? said.Right : null, isDuty ? said.Of : null, raised);
    }

    private static IEnumerable<CaseTimer> Reminders(
        string prefix, ImmutableArray<TimeSpan> before, TimeSpan within, DateTimeOffset from, WorkCalendar? calendar, WorkClock clock) =>
        before.Where(each => each < within).Select(each => new CaseTimer(
            string.Create(CultureInfo.InvariantCulture, $"{prefix}{Reminder}{each.TotalSeconds}"), clock.After(from, within - each, calendar)));
}
