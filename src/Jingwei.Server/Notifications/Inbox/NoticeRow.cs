using System.Globalization;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Notifications.Inbox;

/// <summary>A row of notices, with the columns of the notification or the counts that it was read with.</summary>
internal sealed record NoticeRow
{
    public const string Columns =
        "n.id AS Notice, n.kind, n.severity, n.at, n.alarm, n.case_id AS \"Case\", n.thing, n.party, n.region, n.subject_zh AS SubjectZh, n.subject_en AS SubjectEn, n.body_zh AS BodyZh, n.body_en AS BodyEn";

    public long Id { get; init; }

    public required long Notice { get; init; }

    public required string Kind { get; init; }

    public required string Severity { get; init; }

    public required long At { get; init; }

    public string? Alarm { get; init; }

    public string? Case { get; init; }

    public string? Thing { get; init; }

    public required string Party { get; init; }

    public required string Region { get; init; }

    public required string SubjectZh { get; init; }

    public required string SubjectEn { get; init; }

    public required string BodyZh { get; init; }

    public required string BodyEn { get; init; }

    /// <summary>A time, or how many have one.</summary>
    public long? Reached { get; init; }

    public long? Read { get; init; }

    public long? Acknowledged { get; init; }

    public long Told { get; init; }

    public Notification ToNotification(Things things) => new(
        Text(Id), Enum.Parse<NotificationKind>(Kind), Enum.Parse<Band>(Severity), Time(At)!.Value, Alarm, Case, Thing, NameOf(things), Party, Region,
        new(SubjectZh, SubjectEn), new(BodyZh, BodyEn), Text(Notice), Time(Reached), Time(Read), Time(Acknowledged));

    public CountedNotice ToCounted(Things things) => new(
        Text(Notice), Enum.Parse<NotificationKind>(Kind), Enum.Parse<Band>(Severity), Time(At)!.Value, Alarm, Case, Thing, NameOf(things), Party, Region,
        new(SubjectZh, SubjectEn), new(BodyZh, BodyEn), Told, Reached ?? 0, Read ?? 0, Acknowledged ?? 0);

    public static DateTimeOffset? Time(long? at) => at is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private string? NameOf(Things things) => Thing is null ? null : things.TryGet(Thing, out var thing) ? thing.Name : Thing;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
