using Dapper;
using Jingwei.Server.Access;

namespace Jingwei.Server.Directory;

/// <summary>Finds things by any part of their id, name or identifiers; several parts, with spaces between, must all be there.</summary>
public sealed class ThingSearch(Database database, Things things, Visible visible)
{
    // Enough to find the best few among; what is behind them is found by a longer question.
    private const int MostSorted = 200;

    // Candidates looked at for a caller who may see few of them: some 20 ms.
    private const int MostExamined = 50_000;

    /// <summary>The best first: the very id, then a name or identifier that is the question, begins with it, holds it.</summary>
    public IReadOnlyList<Thing> Find(Caller caller, string question, int most)
    {
        if (ThingWords.Match(question) is not { } match)
        {
            return [];
        }

        var found = database.Read(store => store
            .Query<string>(
                "SELECT words.thing FROM thing_search JOIN thing_words AS words ON words.number = thing_search.rowid WHERE thing_search MATCH @match LIMIT @limit",
                new { match, limit = MostExamined },
                buffered: false)
            .Select(id => things.TryGet(id, out var thing) ? thing : null)
            .OfType<Thing>()
            .Where(thing => visible.May(caller, thing) && ThingWords.Holds(thing, question))
            .Take(MostSorted)
            .ToList());
        return [.. found.OrderBy(thing => Rank(thing, question.Trim())).ThenBy(thing => thing.Name, StringComparer.Ordinal).ThenBy(thing => thing.Id, StringComparer.Ordinal).Take(most)];
    }

    private static int Rank(Thing thing, string question) =>
        thing.Id == question ? 0
        : Is(thing.Name, question) || thing.Identifiers.Values.Any(value => Is(value, question)) ? 1
        : thing.Name.StartsWith(question, StringComparison.OrdinalIgnoreCase) || thing.Id.StartsWith(question, StringComparison.OrdinalIgnoreCase) ? 2
        : 3;

    private static bool Is(string text, string question) => text.Equals(question, StringComparison.OrdinalIgnoreCase);
}
