using Jingwei.Cel;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs;

/// <summary>What the expressions of a notification's words may name. Checking and running use the same scope.</summary>
public static class MessageScope
{
    /// <summary>id, name and the name of the type; empty where a case is about no thing.</summary>
    public static CelObjectType Thing { get; } = new(
        "Thing", [new("id", CelType.String), new("name", CelType.String), new("type", CelType.String)]);

    /// <summary>An alarm; `cleared` is not set while it is open, `values` are by property and as people read them.</summary>
    public static CelObjectType Alarm { get; } = new(
        "Alarm",
        [
            new("id", CelType.String), new("rule", CelType.String), new("name", CelType.String), new("severity", CelType.String),
            new("explanation", CelType.String), new("advice", CelType.String), new("raised", CelType.Timestamp), new("cleared", CelType.Timestamp),
            new("values", CelType.Map(CelType.String, CelType.String)),
        ]);

    /// <summary>A case; `due` is not set where there is no deadline.</summary>
    public static CelObjectType Case { get; } = new(
        "Case",
        [
            new("number", CelType.String), new("type", CelType.String), new("title", CelType.String), new("state", CelType.String),
            new("severity", CelType.String), new("assignee", CelType.String), new("opened", CelType.Timestamp), new("due", CelType.Timestamp),
            new("late", CelType.Bool),
        ]);

    // The zone is the host of the evaluation.
    internal static CelFunction Local { get; } = new(
        "local", "A time as the clock of the party shows it.",
        [new([CelType.Timestamp], CelType.String, (arguments, call) => LocalTime(arguments[0], (TimeZoneInfo)call.Host!))]);

    /// <summary>thing, party, region; alarm where every kind is of alarms, case where every kind is of cases. And the functions of the pack's plug-in.</summary>
    public static CelEnvironment Of(IReadOnlyCollection<NotificationKind> kinds, PackPlugin? plugin = null)
    {
        List<CelVariable> variables = [new("thing", Thing.Type), new("party", CelType.String), new("region", CelType.String)];
        List<CelObjectType> types = [Thing];
        if (kinds.All(IsOfAlarms))
        {
            variables.Add(new("alarm", Alarm.Type));
            types.Add(Alarm);
        }
        else if (!kinds.Any(IsOfAlarms))
        {
            variables.Add(new("case", Case.Type));
            types.Add(Case);
        }

        return new(variables, types, plugin is null ? [Local] : [Local, .. plugin.Functions]);
    }

    public static bool IsOfAlarms(NotificationKind kind) => kind is NotificationKind.AlarmRaised or NotificationKind.AlarmCleared;

    private static CelValue LocalTime(CelValue time, TimeZoneInfo zone)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(time.AsTimestamp().Seconds);
        return TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }
}
