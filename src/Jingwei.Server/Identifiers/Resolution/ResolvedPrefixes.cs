using System.Collections.Concurrent;
using System.Text;
using Jingwei.Server.Identifiers.Prefixes;
using Jingwei.Server.Identifiers.Statistics;

namespace Jingwei.Server.Identifiers.Resolution;

/// <summary>A prefix as a resolution needs it.</summary>
/// <param name="Resolves">Whether what is below it is told here: it is active and not another node's.</param>
/// <param name="Tally">Where its resolutions are counted.</param>
internal sealed record ResolvedPrefix(string Name, string Party, bool Resolves, PrefixDelegation? Delegation, Tally Tally);

/// <summary>The prefixes of this node, found by the bytes of their names without making a text.</summary>
internal sealed class ResolvedPrefixes
{
    private readonly ConcurrentDictionary<string, ResolvedPrefix> all = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ResolvedPrefix>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly ResolutionCounts counts;

    public ResolvedPrefixes(Prefixes.Prefixes prefixes, ResolutionCounts counts)
    {
        this.counts = counts;
        lookup = all.GetAlternateLookup<ReadOnlySpan<char>>();
        prefixes.Changed += Set;
        foreach (var prefix in prefixes.All)
        {
            Set(prefix);
        }
    }

    /// <param name="name">In lower case.</param>
    public ResolvedPrefix? Find(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[PrefixName.MostCharacters];
        return name.Length <= text.Length && lookup.TryGetValue(text[..Encoding.ASCII.GetChars(name, text)], out var found) ? found : null;
    }

    // A prefix that was only applied for is nobody's yet.
    private void Set(Prefix prefix)
    {
        if (prefix.State is PrefixState.Active or PrefixState.Suspended)
        {
            all[prefix.Name] = new(prefix.Name, prefix.Party, prefix.TakesIdentifiers, prefix.Delegation, counts.Of(prefix.Name));
        }
        else
        {
            all.TryRemove(prefix.Name, out _);
        }
    }
}
