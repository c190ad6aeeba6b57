using Jingwei.Identifiers.Epcis.Queries;

namespace Jingwei.Server.Facts.MasterData;

/// <summary>The master data that somebody sees: those of the parties of whose facts he sees all. For one request, and one thread at a time.</summary>
internal sealed class SeenMasterData
{
    private readonly MasterDataBook book;
    private readonly Lazy<IReadOnlyList<string>> parties;
    private readonly Dictionary<string, HashSet<string>> within = new(StringComparer.Ordinal);

    public SeenMasterData(MasterDataBook book, Lazy<IReadOnlyList<string>> parties)
    {
        (this.book, this.parties) = (book, parties);
        Lookup = new((around, place) => Within(around).Contains(MasterDataElement.IdOf(place)), ValuesOf);
    }

    /// <summary>What queries ask of it.</summary>
    public MasterDataLookup Lookup { get; }

    /// <summary>A place and all that lies in it at any depth, whoever of these parties says so, in canonical form.</summary>
    public IReadOnlySet<string> Within(string place)
    {
        var id = MasterDataElement.IdOf(place);
        if (within.TryGetValue(id, out var known))
        {
            return known;
        }

        // Each is looked at once, however the hierarchy is told: as a tree, with all descendants at each place, or in a circle.
        var (found, waiting) = (new HashSet<string>(StringComparer.Ordinal) { id }, new Queue<string>([id]));
        while (waiting.TryDequeue(out var next))
        {
            foreach (var child in parties.Value.SelectMany(party => book.ChildrenOf(party, next)).Where(found.Add))
            {
                waiting.Enqueue(child);
            }
        }

        return within[id] = found;
    }

    private IEnumerable<string> ValuesOf(string id, string attribute)
    {
        var canonical = MasterDataElement.IdOf(id);
        return parties.Value.SelectMany(party => book.ValuesOf(party, canonical, attribute));
    }
}
