using System.Collections.Immutable;
using Jingwei.Server.Access;

namespace Jingwei.Server.Notifications.Rotas;

/// <summary>A stretch of each day, in the party's zone, that one team after the other has.</summary>
/// <param name="To">Not after <paramref name="From"/>: on the next day.</param>
/// <param name="Teams">Who has it in turn; a team is one person or several.</param>
public sealed record RotaShift(string Id, string Name, TimeOnly From, TimeOnly To, ImmutableArray<ImmutableArray<string>> Teams);

/// <summary>Who is on call for a party and a region and all below them, by turns.</summary>
/// <param name="Role">The role whose duty it is.</param>
/// <param name="Start">The day on which the first team of each shift begins; nobody is on call before.</param>
/// <param name="Days">How many days a team has its shift before the next one takes over.</param>
public sealed record Rota(string Id, string Name, string Party, string Region, Role Role, DateOnly Start, int Days, ImmutableArray<RotaShift> Shifts)
{
    /// <summary>The turns that touch a period, in the order of time, as the rota has them before any change.</summary>
    public IEnumerable<Turn> Turns(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(to, zone).DateTime);
        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime).AddDays(-1); day <= last; day = day.AddDays(1))
        {
            foreach (var shift in Shifts.OrderBy(each => each.From))
            {
                var (starts, ends) = (Instant(day, shift.From, zone), Instant(shift.To > shift.From ? day : day.AddDays(1), shift.To, zone));
                if (ends > from && starts < to && TeamOn(shift, day) is { } team)
                {
                    yield return new(Id, shift.Id, shift.Name, starts, ends, team);
                }
            }
        }
    }

    private ImmutableArray<string>? TeamOn(RotaShift shift, DateOnly day)
    {
        var since = day.DayNumber - Start.DayNumber;
        return since < 0 || shift.Teams.IsEmpty ? null : shift.Teams[since / Days % shift.Teams.Length];
    }

    // An hour that the clock leaves out in spring is taken an hour later.
    private static DateTimeOffset Instant(DateOnly day, TimeOnly clock, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(clock, DateTimeKind.Unspecified);
        local = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new(TimeZoneInfo.ConvertTimeToUtc(local, zone), TimeSpan.Zero);
    }
}

/// <summary>A shift of a rota on a day, and who has it.</summary>
public sealed record Turn(string Rota, string Shift, string ShiftName, DateTimeOffset From, DateTimeOffset To, ImmutableArray<string> People)
{
    /// <summary>The same with the changes made that touch it; one that covers a part of it cuts it.</summary>
    public IEnumerable<Turn> With(IReadOnlyCollection<RotaChange> changes)
    {
        var touching = changes.Where(change => change.From < To && change.To > From).OrderBy(change => change.Id).ToList();
        var edges = touching.SelectMany(change => new[] { change.From, change.To }).Where(edge => edge > From && edge < To)
            .Append(From).Append(To).Distinct().Order().ToList();
        for (var index = 0; index + 1 < edges.Count; index++)
        {
            var (from, to) = (edges[index], edges[index + 1]);
            yield return this with { From = from, To = to, People = touching.Where(change => change.From <= from && change.To >= to).Aggregate(People, Apply) };
        }
    }

    private static ImmutableArray<string> Apply(ImmutableArray<string> people, RotaChange change) =>
        change.Instead is null ? [change.Person]
        : people.Contains(change.Instead) ? [.. people.Select(person => person == change.Instead ? change.Person : person).Distinct()]
        : people;
}

/// <summary>Somebody is on call other than the rota says.</summary>
/// <param name="Instead">Whom he stands in for; null: for everybody.</param>
public sealed record RotaChange(long Id, string Rota, DateTimeOffset From, DateTimeOffset To, string Person, string? Instead, string By);
