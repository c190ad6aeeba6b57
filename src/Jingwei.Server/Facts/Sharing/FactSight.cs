using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Sharing;

/// <summary>What somebody sees of a party's facts: all, nothing, or what agreements show.</summary>
internal sealed class FactSight
{
    private readonly IReadOnlyList<Agreement> agreements;
    private readonly EventAliases? aliases;

    public FactSight(IReadOnlyList<Agreement> agreements, EventAliases aliases) => (this.agreements, this.aliases) = (agreements, aliases);

    private FactSight(bool seesAll) => (agreements, SeesAll) = ([], seesAll);

    public static FactSight All { get; } = new(true);

    public static FactSight None { get; } = new(false);

    public bool SeesAll { get; }

    public bool SeesSome => SeesAll || agreements.Count > 0;

    /// <summary>The fact as it is seen; null, and disposed of, where nothing of it is. What takes its place has disposed of it.</summary>
    public Fact? Show(Fact fact)
    {
        if (SeesAll)
        {
            return fact;
        }

        var objects = ShownEvent.ObjectsOf(fact.Event);
        var showing = agreements.Where(each => each.Terms.Covers(fact.Event.TypeName, objects)).ToList();
        if (showing.Count == 0)
        {
            fact.Dispose();
            return null;
        }

        var shown = new ShownEvent([.. showing.Select(each => each.Terms)], aliases!);
        if (shown.IsWhole(fact.Event, objects))
        {
            return fact with { ShownBy = [.. showing.Select(each => each.Id)] };
        }

        using (fact)
        {
            var document = shown.Of(fact.Event);
            if (document.Events.Count == 1)
            {
                return fact with { Document = document, ShownBy = [.. showing.Select(each => each.Id)], IsPart = true };
            }

            // Without what is not shown it is no event any more, as a transaction without what it is about.
            document.Dispose();
            return null;
        }
    }
}
