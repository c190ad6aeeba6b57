using Jingwei.Server.Access;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Indicators;

/// <summary>What kind of subject an indicator is of.</summary>
public enum SubjectKind
{
    Thing,
    Party,
    Region,
}

/// <summary>What indicators are about, as far as a caller may see it.</summary>
public sealed class Subjects(Things things, PlaceTree places, Visible visible, Parties parties, Regions regions)
{
    public static SubjectKind KindOf(string subject) =>
        PlaceSubject.IsParty(subject) ? SubjectKind.Party : PlaceSubject.IsRegion(subject) ? SubjectKind.Region : SubjectKind.Thing;

    /// <summary>The thing, or what stands for the party or region; null when there is none.</summary>
    public Thing? Find(string subject) => things.TryGet(subject, out var thing) ? thing : places.Find(subject);

    /// <summary>The same, or null when the caller may not see it.</summary>
    public Thing? Visible(Caller caller, string subject) => KindOf(subject) == SubjectKind.Thing
        ? visible.Thing(caller, subject)
        : Find(subject) is { } place && caller.May(Right.View, ScopeOf(place)) ? place : null;

    /// <summary>Every party or region that the caller may see as a whole.</summary>
    public IEnumerable<Thing> VisiblePlaces(Caller caller, SubjectKind kind) =>
        places.All.Where(place => KindOf(place.Id) == kind && caller.May(Right.View, ScopeOf(place)));

    /// <summary>The party or region above a place; null for one at the top.</summary>
    public string? ParentOf(Thing place) => PlaceSubject.IsParty(place.Id)
        ? parties.Find(PlaceSubject.IdOf(place.Id))?.Parent
        : regions.Find(PlaceSubject.IdOf(place.Id))?.Parent;

    /// <summary>What rights over it are checked against: a party's figure holds all its regions, a region's all parties.</summary>
    public Scope ScopeOf(Thing subject) => new(parties.PathOf(subject.Party), regions.PathOf(subject.Region));
}
