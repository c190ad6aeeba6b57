using Jingwei.Server.Access;
using Jingwei.Server.Facts.Tracing;

namespace Jingwei.Server.Facts.MasterData;

/// <summary>A place of a trace, as master data know it.</summary>
/// <param name="Id">As its events say it.</param>
/// <param name="Name">Its name; null where only its position is known.</param>
/// <param name="Lat">Latitude in degrees; null where it is not known.</param>
/// <param name="Lon">Longitude in degrees.</param>
/// <param name="Party">The party whose events are there.</param>
public sealed record TracePlace(string Id, string? Name, double? Lat, double? Lon, string Party);

/// <summary>The places of what a caller sees of a trace.</summary>
internal sealed class TracePlaces(MasterDataBook book, FactRights rights)
{
    /// <summary>Those that something is known of: what the party of the event says, else what another says whose facts the caller sees.</summary>
    public IReadOnlyList<TracePlace> Of(Caller caller, Trace trace)
    {
        var others = trace.Events.Select(each => each.Party.Id).Distinct(StringComparer.Ordinal).Where(party => rights.MaySee(caller, party)).ToList();
        return
        [
            .. trace.Events
                .SelectMany(each => new[] { each.ReadPoint, each.BizLocation }.OfType<string>().Select(id => (Party: each.Party.Id, Id: id)))
                .Distinct()
                .Select(place => Of(place.Party, place.Id, others)).OfType<TracePlace>(),
        ];
    }

    private TracePlace? Of(string party, string id, List<string> others)
    {
        foreach (var teller in others.Prepend(party))
        {
            if (book.Find(teller, id) is var (name, position))
            {
                return new(id, name, position?.Latitude, position?.Longitude, party);
            }
        }

        return null;
    }
}
