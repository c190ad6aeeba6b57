using Dapper;
using Jingwei.Server.Access;

namespace Jingwei.Server.Directory;

/// <summary>One entry of the history of a thing.</summary>
/// <param name="Actor">As the audit names it.</param>
/// <param name="Edit">The edit that it was part of; null for a single change.</param>
public sealed record ThingEntry(
    long Number, string Thing, long Version, DateTimeOffset At, string Actor, string? ActorName, string? Edit, ThingDeed Deed, IReadOnlyList<FieldChange> Fields);

/// <summary>Who made and changed things, when, from what to what; it only grows.</summary>
public sealed class ThingHistory(Database database, Users users, Tokens tokens)
{
    private const string Columns = "SELECT number, thing, version, at, actor, edit, deed, fields FROM thing_change";

    /// <summary>The history of a thing, newest first.</summary>
    /// <param name="before">Only entries with smaller numbers; null for all.</param>
    public IReadOnlyList<ThingEntry> Of(string thing, long? before, int limit) => Entries(
        $"{Columns} WHERE thing = @thing AND (@before IS NULL OR number < @before) ORDER BY number DESC LIMIT @limit", new { thing, before, limit });

    /// <summary>What an edit did, the last first.</summary>
    public IReadOnlyList<ThingEntry> OfEdit(string edit, long? before, int limit) => Entries(
        $"{Columns} WHERE edit = @edit AND (@before IS NULL OR number < @before) ORDER BY number DESC LIMIT @limit", new { edit, before, limit });

    private List<ThingEntry> Entries(string sql, object values) => database.Read(store => store.Query<Row>(sql, values)).Select(row => new ThingEntry(
        row.Number, row.Thing, row.Version, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Actor, users.Find(row.Actor)?.Name ?? tokens.ById(row.Actor)?.Name, row.Edit,
        Enum.Parse<ThingDeed>(row.Deed), ThingFields.Read(row.Fields))).ToList();

    private sealed record Row(long Number, string Thing, long Version, long At, string Actor, string? Edit, string Deed, string Fields);
}
