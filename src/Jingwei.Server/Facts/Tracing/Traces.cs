using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Facts.Tracing;

/// <summary>Makes traces for callers, and writes down what agreements showed in them.</summary>
internal sealed class Traces(FactStore store, FactRights rights, NameBook names, Parties parties)
{
    private const int UsualMost = 5_000;

    /// <summary>The trace of an object; null where the caller sees no event of it.</summary>
    /// <param name="most">Most objects; null for as many as is usual.</param>
    public Trace? Find(Caller caller, string? id, TraceDirection direction, int? most, CancellationToken cancellation) =>
        id is not null && FindAll(caller, [id], direction, most, cancellation) is [var found] ? found : null;

    /// <summary>The traces of those objects of which the caller sees an event.</summary>
    public IReadOnlyList<Trace> FindAll(Caller caller, IEnumerable<string> ids, TraceDirection direction, int? most, CancellationToken cancellation)
    {
        var (view, known) = (rights.ViewOf(caller), new Dictionary<uint, TraceParty>());
        var found = ids.Where(id => !string.IsNullOrWhiteSpace(id) && id.Length <= FactLimits.NameBytes).Distinct(StringComparer.Ordinal)
            .Select(id => new TraceRun(store, view, PartyOf, direction, Math.Clamp(most ?? UsualMost, 1, FactLimits.Traced)).Run(id, cancellation))
            .OfType<Trace>()
            .ToList();
        rights.NoteUses(caller, view, AgreementUseKind.Trace);
        return found;

        TraceParty PartyOf(uint number) => known.TryGetValue(number, out var party) ? party
            : known[number] = names.TextOf(number) is { } name ? new(name, parties.Find(name)?.Name ?? name) : new("", "");
    }
}
