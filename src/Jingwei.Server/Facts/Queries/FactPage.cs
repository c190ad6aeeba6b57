using Jingwei.Identifiers.Epcis;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Queries;

/// <summary>A page of facts; dispose it when it was told.</summary>
/// <param name="Next">Where the next page begins; null at the end.</param>
internal sealed record FactPage(IReadOnlyList<Fact> Facts, FactCursor? Next) : IDisposable
{
    public IReadOnlyList<EpcisEvent> Events => [.. Facts.Select(fact => fact.Event)];

    public void Dispose()
    {
        foreach (var fact in Facts)
        {
            fact.Dispose();
        }
    }
}
