using System.IO.Pipelines;
using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Subscriptions;

/// <summary>What a standing query has to tell next.</summary>
/// <param name="Facts">Events that fit, in the order of recording.</param>
/// <param name="Position">The number of the last fact that was looked at.</param>
/// <param name="IsAll">Whether everything was looked at.</param>
internal sealed record StandingAnswer(IReadOnlyList<Fact> Facts, ulong Position, bool IsAll) : IDisposable
{
    /// <summary>Looks at what was recorded behind a position and is on disk.</summary>
    /// <param name="most">Most events.</param>
    public static StandingAnswer After(FactStore store, EventQuery query, FactView view, ulong position, int most)
    {
        var newest = store.Newest;
        if (position < newest)
        {
            store.Settle();
        }

        var (found, looked, bytes, at) = (new List<Fact>(), 0, 0L, position);
        var isAll = true;
        store.WalkRecorded(view.Parties, position + 1, true, sequence =>
        {
            if (sequence > newest || found.Count == most || bytes >= FactLimits.PageBytes || looked == FactLimits.EventsOfRequest)
            {
                isAll = sequence > newest;
                return false;
            }

            at = sequence;
            looked++;
            if (view.Show(store.Find(sequence)) is { } fact)
            {
                if (query.Matches(fact.Event, view.MasterData.Lookup))
                {
                    view.Used(fact);
                    found.Add(fact);
                    bytes += fact.Bytes;
                }
                else
                {
                    fact.Dispose();
                }
            }

            return true;
        });
        return new(found, isAll ? Math.Max(newest, position) : at, isAll);
    }

    /// <summary>The answer as an EPCISQueryDocument in JSON.</summary>
    public byte[] ToJson(string queryName, string? subscription, EpcForms forms, EpcFormat format, DateTimeOffset now)
    {
        using var formed = forms.Of([.. Facts.Select(fact => fact.Event)], format);
        using var stream = new MemoryStream();
        var body = PipeWriter.Create(stream, new(leaveOpen: true));
        EventsResult.WriteJson(body, formed.Events, now, queryName, subscription);
        body.Complete();
        return stream.ToArray();
    }

    public void Dispose()
    {
        foreach (var fact in Facts)
        {
            fact.Dispose();
        }
    }
}
