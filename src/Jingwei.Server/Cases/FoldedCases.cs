using System.Collections.Concurrent;
using System.Text.Json;

namespace Jingwei.Server.Cases;

/// <summary>Every case as its events make it, folded as they are read in the order of their positions.</summary>
internal sealed class FoldedCases
{
    private readonly Dictionary<string, FoldedCase> all = new(StringComparer.Ordinal);

    public IEnumerable<string> Ids => all.Keys;

    public IEnumerable<FoldedCase> All => all.Values;

    /// <summary>Events that the index of words does not hold as they are.</summary>
    public List<AlteredRow> Words { get; } = [];

    public FoldedCase? Find(string id) => all.GetValueOrDefault(id);

    public void Fold(BlockingCollection<List<IndexedRow>> read)
    {
        foreach (var row in read.GetConsumingEnumerable().SelectMany(piece => piece))
        {
            if (!all.TryGetValue(row.Event.Case, out var fold))
            {
                all[row.Event.Case] = fold = new(row.Event.Position);
            }

            Fold(fold, row);
        }
    }

    private void Fold(FoldedCase fold, IndexedRow row)
    {
        fold.Last = row.Event.Position;
        fold.Seqs.Add(row.Event.Seq);
        if (fold.Damage is not null)
        {
            return;
        }

        try
        {
            var placed = row.Event.Placed;
            fold.State = CaseFold.Apply(fold.State, placed);
            if (row.Words != CaseWords.GramsOf(placed).AsSpan().Count(' '))
            {
                Words.Add(new("case_words", row.Event.Case, row.Event.Seq, row.Event.Position, "differs from its event"));
            }
        }
        catch (Exception damage) when (damage is InvalidOperationException or JsonException)
        {
            fold.Damage = damage.Message;
        }
    }
}

/// <summary>One case as its events make it.</summary>
/// <param name="ordinal">Position of its first event.</param>
internal sealed class FoldedCase(long ordinal)
{
    public long Ordinal => ordinal;

    /// <summary>Position of its newest event.</summary>
    public long Last { get; set; }

    public Case? State { get; set; }

    /// <summary>Why it cannot be folded.</summary>
    public string? Damage { get; set; }

    public SeqSet Seqs { get; } = new();
}

/// <summary>The numbers of a case's events: nearly always 1, 2, 3 without gaps, so only what is not is kept one by one.</summary>
internal sealed class SeqSet
{
    private long run;
    private SortedSet<long>? odd;

    public long Count => run + (odd?.Count ?? 0);

    public long Max => Math.Max(run, odd is { Count: > 0 } ? odd.Max : 0);

    public void Add(long seq)
    {
        if (seq != run + 1)
        {
            (odd ??= []).Add(seq);
            return;
        }

        run = seq;
        while (odd?.Remove(run + 1) == true)
        {
            run++;
        }
    }

    /// <summary>What of 1 to <paramref name="last"/> is not there.</summary>
    public IEnumerable<long> Missing(long last)
    {
        for (var seq = run + 1; seq <= last; seq++)
        {
            if (odd?.Contains(seq) != true)
            {
                yield return seq;
            }
        }
    }
}
