using System.Collections.Concurrent;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>The incident types of the packs in force, with their expressions compiled.</summary>
internal sealed class IncidentTypes(PackCatalog packs)
{
    private readonly ConcurrentDictionary<string, IncidentFormulas> compiled = new(StringComparer.Ordinal);
    private object? edition;

    public IEnumerable<IncidentType> All => packs.Current.Incidents;

    /// <summary>A type with its expressions; null where no pack in force has it.</summary>
    public IncidentFormulas? Find(string id)
    {
        var now = packs.Current;
        if (!ReferenceEquals(edition, now.Edition))
        {
            compiled.Clear();
            edition = now.Edition;
        }

        if (compiled.TryGetValue(id, out var known))
        {
            return known;
        }

        return now.Incidents.FirstOrDefault(type => type.Id == id) is { } found ? compiled[id] = new(found, now.Plugin(found.Pack)) : null;
    }
}
