using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Dapper;
using Jingwei.Identifiers.Epcis;

namespace Jingwei.Server.Facts.MasterData;

/// <summary>What each party says of the places, products, parties and words in its events: on disk, and in memory to look things up. The newest document says.</summary>
internal sealed class MasterDataBook
{
    // A dock lies in a hall, that on a site, that in a city.
    private const int MostLevels = 8;

    // The extension of a GLN, which names a place inside of the place that the GLN names (GS1 General Specifications, AI 254).
    private const string Extension = "/254/";

    private readonly Database database;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, PartyElements> parties = new(StringComparer.Ordinal);

    public MasterDataBook(Database database)
    {
        this.database = database;
        database.Migrate(
            "facts.places",
            "CREATE TABLE fact_place (party TEXT NOT NULL, id TEXT NOT NULL, attributes TEXT NOT NULL, children TEXT NOT NULL, said INTEGER NOT NULL, PRIMARY KEY (party, id)) WITHOUT ROWID",
            """
            CREATE TABLE fact_master_data (
                party TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, attributes TEXT NOT NULL, children TEXT NOT NULL, said INTEGER NOT NULL, PRIMARY KEY (party, id, place)) WITHOUT ROWID;
            INSERT INTO fact_master_data (party, id, place, attributes, children, said) SELECT party, id, 1, attributes, children, said FROM fact_place;
            DROP TABLE fact_place
            """);
        foreach (var row in database.Read(store => store.Query<(string Party, string Id, long Place, string Attributes, string Children, long Said)>("SELECT party, id, place, attributes, children, said FROM fact_master_data").AsList()))
        {
            Of(row.Party).Put(new(row.Id, row.Place != 0, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Attributes)!, JsonSerializer.Deserialize<string[]>(row.Children)!, row.Said));
        }
    }

    /// <summary>Whether a party told anything.</summary>
    public bool Has(string party) => parties.ContainsKey(party);

    /// <summary>Which of these a party may still tell of; the others go over a limit.</summary>
    public IReadOnlyList<MasterDataElement> Fitting(string party, IReadOnlyList<MasterDataElement> told)
    {
        var known = parties.GetValueOrDefault(party);
        var (places, others) = (FactLimits.PlacesOfParty - (known?.Count(true) ?? 0), FactLimits.OthersOfParty - (known?.Count(false) ?? 0));
        return [.. told.Where(each => BytesOf(each) <= FactLimits.MasterDataBytes && (known?.Find(each.Id, each.IsPlace) is not null || (each.IsPlace ? places-- : others--) > 0))];
    }

    /// <summary>Keeps what is newer than what is known; on disk when this returns.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public void Keep(string party, IReadOnlyList<MasterDataElement> told)
    {
        if (told.Count == 0)
        {
            return;
        }

        lock (gate)
        {
            var known = Of(party);
            var changed = Fitting(party, told).Where(each => known.Find(each.Id, each.IsPlace) is not { } before || before.Said < each.Said).ToList();
            if (changed.Count == 0)
            {
                return;
            }

            database.Write((store, transaction) => store.Execute(
                """
                INSERT INTO fact_master_data (party, id, place, attributes, children, said) VALUES (@party, @Id, @place, @attributes, @children, @Said)
                ON CONFLICT (party, id, place) DO UPDATE SET attributes = excluded.attributes, children = excluded.children, said = excluded.said
                """,
                changed.Select(each => new { party, each.Id, place = each.IsPlace ? 1 : 0, attributes = JsonSerializer.Serialize(each.Attributes), children = JsonSerializer.Serialize(each.Children), each.Said }),
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
            var place = known.Find(at, true);
            name ??= place?.Name;
            position ??= place?.Position;
            at = known.Around(at) ?? (at.IndexOf(Extension, StringComparison.Ordinal) is > 0 and var end ? at[..end] : null);
        }

        return name is null && position is null ? null : (name, position);
    }

    /// <summary>What lies in a place by what a party says of it, not what lies in that again.</summary>
    /// <param name="id">In canonical form.</param>
    public IReadOnlyList<string> ChildrenOf(string party, string id) => parties.GetValueOrDefault(party)?.Find(id, true)?.Children ?? [];

    /// <summary>What a party says an attribute of a thing is, as a place and as anything else.</summary>
    /// <param name="id">In canonical form.</param>
    public IEnumerable<string> ValuesOf(string party, string id, string attribute) => parties.GetValueOrDefault(party) is not { } known ? []
        : new[] { known.Find(id, true), known.Find(id, false) }.Select(told => told?.Attributes.GetValueOrDefault(attribute)).OfType<string>();

    private static int BytesOf(MasterDataElement told) =>
        Encoding.UTF8.GetByteCount(told.Id) + told.Attributes.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value)) + told.Children.Sum(Encoding.UTF8.GetByteCount);

    private PartyElements Of(string party) => parties.GetOrAdd(party, _ => new());

    // Written by one at a time, read by all.
    private sealed class PartyElements
    {
        private readonly ConcurrentDictionary<string, MasterDataElement> places = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, MasterDataElement> others = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, string> around = new(StringComparer.Ordinal);

        public int Count(bool isPlace) => Of(isPlace).Count;

        public MasterDataElement? Find(string id, bool isPlace) => Of(isPlace).GetValueOrDefault(id);

        public string? Around(string id) => around.GetValueOrDefault(id);

        public void Put(MasterDataElement told)
        {
            var before = Find(told.Id, told.IsPlace);
            Of(told.IsPlace)[told.Id] = told;
            if (!told.IsPlace)
            {
                return;
            }

            foreach (var child in before?.Children ?? [])
            {
                around.TryRemove(new(child, told.Id));
            }

            foreach (var child in told.Children)
            {
                around[child] = told.Id;
            }
        }

        private ConcurrentDictionary<string, MasterDataElement> Of(bool isPlace) => isPlace ? places : others;
    }
}
