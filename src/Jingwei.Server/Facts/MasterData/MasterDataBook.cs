using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Dapper;
using Jingwei.Identifiers.Epcis;

namespace Jingwei.Server.Facts.MasterData;

/// <summary>What each party says of the places in its events: on disk, and in memory to look things up. The newest document says.</summary>
internal sealed class PlaceBook
{
    // A dock lies in a hall, that on a site, that in a city.
    private const int MostLevels = 8;

    // The extension of a GLN, which names a place inside of the place that the GLN names (GS1 General Specifications, AI 254).
    private const string Extension = "/254/";

    private readonly Database database;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, PartyPlaces> parties = new(StringComparer.Ordinal);

    public PlaceBook(Database database)
    {
        this.database = database;
        database.Migrate(
            "facts.places",
            "CREATE TABLE fact_place (party TEXT NOT NULL, id TEXT NOT NULL, attributes TEXT NOT NULL, children TEXT NOT NULL, said INTEGER NOT NULL, PRIMARY KEY (party, id)) WITHOUT ROWID");
        foreach (var row in database.Read(store => store.Query<(string Party, string Id, string Attributes, string Children, long Said)>("SELECT party, id, attributes, children, said FROM fact_place").AsList()))
        {
            Of(row.Party).Put(new(row.Id, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Attributes)!, JsonSerializer.Deserialize<string[]>(row.Children)!, row.Said));
        }
    }

    /// <summary>Which of these a party may still tell of; the others go over a limit.</summary>
    public IReadOnlyList<Place> Fitting(string party, IReadOnlyList<Place> told)
    {
        var known = parties.GetValueOrDefault(party);
        var room = FactLimits.PlacesOfParty - (known?.Count ?? 0);
        return [.. told.Where(place => BytesOf(place) <= FactLimits.PlaceBytes && (known?.Find(place.Id) is not null || room-- > 0))];
    }

    /// <summary>Keeps what is newer than what is known; on disk when this returns.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public void Keep(string party, IReadOnlyList<Place> told)
    {
        lock (gate)
        {
            var known = Of(party);
            var changed = Fitting(party, told).Where(place => known.Find(place.Id) is not { } before || before.Said < place.Said).ToList();
            if (changed.Count == 0)
            {
                return;
            }

            database.Write((store, transaction) => store.Execute(
                """
                INSERT INTO fact_place (party, id, attributes, children, said) VALUES (@party, @Id, @attributes, @children, @Said)
                ON CONFLICT (party, id) DO UPDATE SET attributes = excluded.attributes, children = excluded.children, said = excluded.said
                """,
                changed.Select(place => new { party, place.Id, attributes = JsonSerializer.Serialize(place.Attributes), children = JsonSerializer.Serialize(place.Children), place.Said }),
                transaction));
            changed.ForEach(known.Put);
        }
    }

    /// <summary>What a party says of a place; where it does not say a name or a position, those of what the place lies in. Null where nothing is known.</summary>
    public (string? Name, (double Latitude, double Longitude)? Position)? Find(string party, string id)
    {
        if (!parties.TryGetValue(party, out var known))
        {
            return null;
        }

        var (name, position) = (default(string), default((double, double)?));
        string? at = CanonicalIdentifier.Of(id);
        for (var level = 0; at is not null && level < MostLevels && (name is null || position is null); level++)
        {
            var place = known.Find(at);
            name ??= place?.Name;
            position ??= place?.Position;
            at = known.Around(at) ?? (at.IndexOf(Extension, StringComparison.Ordinal) is > 0 and var end ? at[..end] : null);
        }

        return name is null && position is null ? null : (name, position);
    }

    private static int BytesOf(Place place) =>
        Encoding.UTF8.GetByteCount(place.Id) + place.Attributes.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value)) + place.Children.Sum(Encoding.UTF8.GetByteCount);

    private PartyPlaces Of(string party) => parties.GetOrAdd(party, _ => new());

    // Written by one at a time, read by all.
    private sealed class PartyPlaces
    {
        private readonly ConcurrentDictionary<string, Place> places = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, string> around = new(StringComparer.Ordinal);

        public int Count => places.Count;

        public Place? Find(string id) => places.GetValueOrDefault(id);

        public string? Around(string id) => around.GetValueOrDefault(id);

        public void Put(Place place)
        {
            foreach (var child in Find(place.Id)?.Children ?? [])
            {
                around.TryRemove(new(child, place.Id));
            }

            places[place.Id] = place;
            foreach (var child in place.Children)
            {
                around[child] = place.Id;
            }
        }
    }
}
