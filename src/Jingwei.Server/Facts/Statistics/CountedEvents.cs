using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.Queries;
using Jingwei.Server.Facts.Sharing;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Facts.Statistics;

/// <summary>That an object was in an event, of what is counted.</summary>
/// <param name="Time">Microseconds since 1970.</param>
/// <param name="IsMain">Whether the object is of the product for which the event counts: that of what it makes, else of the first that it names. So an event counts once.</param>
internal readonly record struct Counted(string Party, ulong Sequence, long Time, string Object, string Product, string BizStep, string? Disposition, bool IsMain);

/// <summary>Finds the events of a time that count for a caller: those of his own parties, and those that agreements let be counted.</summary>
internal sealed class CountedEvents(FactStore store, FactRights rights, Parties parties, NameBook names)
{
    private const string Gtin = "https://id.gs1.org/01/";
    private const int GtinDigits = 14;

    /// <summary>In the order of time.</summary>
    /// <param name="steps">The steps that count; none: all.</param>
    /// <param name="product">The product class that counts, whole: of a part of one, single objects could be found by taking figures from each other. Null: all.</param>
    /// <param name="uses">Gets how many events each agreement let count.</param>
    /// <exception cref="QueryLimitException">There are too many.</exception>
    public List<Counted> Find(Caller caller, long from, long until, IReadOnlyList<string> steps, string? product, Dictionary<string, int> uses, CancellationToken cancellation)
    {
        var found = new List<Counted>();
        var wanted = steps.Select(FactHead.HashOf).ToHashSet();
        var read = 0;
        foreach (var party in parties.All)
        {
            var agreements = rights.StatisticsOf(caller, party.Id);
            if (agreements is { Count: 0 })
            {
                continue;
            }

            store.WalkTimes([names.NumberOf(party.Id)], (from, 0), true, (time, sequence, head) =>
            {
                cancellation.ThrowIfCancellationRequested();
                if (time >= until || (wanted.Count > 0 && !wanted.Contains(head.BizStep)))
                {
                    return time < until;
                }

                if (++read > FactLimits.StatisticsEvents)
                {
                    throw new QueryLimitException(EpcisProblemType.QueryTooComplex, "Too many events are counted.");
                }

                using var fact = store.Find(sequence);
                if (fact is not null && (steps.Count == 0 || steps.Contains(fact.Event.BizStep ?? "", StringComparer.Ordinal)))
                {
                    Add(found, fact, party.Id, time, product, agreements, uses);
                }

                return true;
            });
        }

        found.Sort((left, right) => left.Time.CompareTo(right.Time));
        return found;
    }

    private static void Add(List<Counted> found, Fact fact, string party, long time, string? product, IReadOnlyList<Agreement>? agreements, Dictionary<string, int> uses)
    {
        var objects = ShownEvent.ObjectsOf(fact.Event);
        var letting = agreements?.Where(each => each.Terms.Covers(fact.Event.TypeName, objects)).ToList();
        var counting = objects.Where(each => letting?.Exists(agreement => agreement.Terms.ShowsProduct(each)) != false).Distinct(StringComparer.Ordinal).ToList();
        var main = MainOf(fact.Event, counting);
        var before = found.Count;
        foreach (var name in counting.Where(each => product is null || ClassOf(each) == product))
        {
            found.Add(new(party, fact.Sequence, time, name, ClassOf(name), fact.Event.BizStep ?? "", fact.Event.Disposition, ClassOf(name) == main));
        }

        if (found.Count > before)
        {
            letting?.ForEach(agreement => uses[agreement.Id] = uses.GetValueOrDefault(agreement.Id) + 1);
        }
    }

    private static string? MainOf(EpcisEvent read, List<string> counting)
    {
        var made = read.OutputEpcList.Concat(read.OutputQuantityList.Select(quantity => quantity.EpcClass)).Select(CanonicalIdentifier.Of).FirstOrDefault(counting.Contains);
        return (made ?? counting.FirstOrDefault()) is { } main ? ClassOf(main) : null;
    }

    // Of a GTIN with serial or lot the GTIN; of anything else what stands before its last part.
    private static string ClassOf(string name) => name.StartsWith(Gtin, StringComparison.Ordinal) && name.Length >= Gtin.Length + GtinDigits
        ? name[..(Gtin.Length + GtinDigits)]
        : name.LastIndexOfAny(['/', ':', '.']) is > 0 and var last ? name[..last] : name;
}
