using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Jingwei.Server.Directory.Calendars;

/// <summary>A shift that a pack declares, at other times; an end at or before the start is on the next day.</summary>
public sealed record OwnShift(string Id, TimeOnly From, TimeOnly To);

/// <summary>Other shifts from a day on.</summary>
/// <param name="From">The first day whose shifts they are, by the owner's clock.</param>
/// <param name="Shifts">Null: none of its own any more.</param>
/// <param name="By">Who wrote it.</param>
public sealed record ShiftChange(DateOnly From, ImmutableArray<OwnShift>? Shifts, string Why, string By, DateTimeOffset At);

/// <summary>All changes of an owner, in the order of their days; the past ones stay, since figures were counted by them.</summary>
public sealed record ShiftChanges(ImmutableArray<ShiftChange> All)
{
    public static ShiftChanges None { get; } = new([]);

    /// <summary>The change that is in force on a day; null before the first.</summary>
    public ShiftChange? On(DateOnly day) => All.LastOrDefault(change => change.From <= day);

    /// <summary>With another change; one of the same day goes.</summary>
    public ShiftChanges With(ShiftChange change) => new([.. All.Where(each => each.From != change.From).Append(change).OrderBy(each => each.From)]);
}

/// <summary>The shifts of a place over all days: those of the nearest owner that has any.</summary>
/// <param name="levels">The owners' changes, the nearest first.</param>
public sealed class ShiftPlan(ImmutableArray<ShiftChanges> levels)
{
    /// <summary>What holds for the shifts that begin on a day; null: what the pack declares.</summary>
    public ImmutableArray<OwnShift>? On(DateOnly day) => levels.Select(level => level.On(day)?.Shifts).FirstOrDefault(shifts => shifts is not null);
}

/// <summary>Shifts that parties and things have of their own.</summary>
public sealed class OwnShifts(Database database, CalendarOwners owners)
{
    private readonly OwnedBook<ShiftChanges> book = new(database, "own_shifts");

    // One plan for all places with the same owners' changes; made anew after a change.
    private ConcurrentDictionary<string, ShiftPlan> plans = new(StringComparer.Ordinal);

    /// <summary>The shifts of a thing; null where the pack's declared ones always hold.</summary>
    public ShiftPlan? Of(string pack, Thing thing)
    {
        if (book.IsEmpty(pack))
        {
            return null;
        }

        var levels = owners.Of(thing)
            .Select(owner => (Owner: owner, Has: book.Of(new(pack, "", owner))))
            .Where(each => each.Has.Body is not null)
            .ToList();
        return levels.Count == 0
            ? null
            : plans.GetOrAdd(
                string.Join('|', levels.Select(each => $"{pack}/{each.Owner.Kind}/{each.Owner.Id}/{each.Has.Version}")),
                _ => new ShiftPlan([.. levels.Select(each => each.Has.Body!)]));
    }

    /// <summary>What holds for a party, or a thing of it, on a day, and whose it is; null where the declared shifts hold.</summary>
    internal (CalendarOwner Owner, ShiftChange Change)? Find(string pack, string party, string? thing, DateOnly day)
    {
        foreach (var owner in owners.Of(party, thing))
        {
            if (book.Of(new(pack, "", owner)).Body?.On(day) is { Shifts: not null } change)
            {
                return (owner, change);
            }
        }

        return null;
    }

    internal Owned<ShiftChanges> Of(OwnedKey key) => book.Of(key);

    /// <inheritdoc cref="OwnedBook{T}.Save"/>
    internal Owned<ShiftChanges>? Save(OwnedKey key, ShiftChanges? changes, long? seen)
    {
        var saved = book.Save(key, changes, seen);
        Interlocked.Exchange(ref plans, new(StringComparer.Ordinal));
        return saved;
    }
}
