using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>The index of what events say. Every event that says something is found by it as long as its words are not erased.</summary>
internal sealed class CaseWords : IDisposable
{
    private readonly Statement add;
    private readonly Statement remove;
    private readonly Statement merge;
    private readonly Statement clear;

    public CaseWords(SqliteConnection store)
    {
        add = new(store, "INSERT INTO case_words (rowid, grams) VALUES (?, ?)");
        remove = new(store, "INSERT INTO case_words (case_words, rowid, grams) VALUES ('delete', ?, ?)");
        merge = new(store, "INSERT INTO case_words (case_words) VALUES ('optimize')");
        clear = new(store, "INSERT INTO case_words (case_words) VALUES ('delete-all')");
    }

    /// <summary>What is indexed of an event; empty for one that says nothing.</summary>
    public static string GramsOf(PlacedEvent placed)
    {
        var said = Said(placed);
        return said is null ? "" : CaseSearch.Grams(CaseSearch.Normalise(said));
    }

    public void Add(long position, PlacedEvent placed)
    {
        if (GramsOf(placed) is { Length: > 0 } grams)
        {
            add.With(position).With(grams).Run();
        }
    }

    /// <summary>Forgets what an event said, also in the parts of the index that were written before.</summary>
    public void Erase(long position, PlacedEvent placed)
    {
        if (GramsOf(placed) is { Length: > 0 } grams)
        {
            remove.With(position).With(grams).Run();
            // What is removed is only marked so, until the parts of the index are merged into one.
            merge.Run();
        }
    }

    public void Clear() => clear.Run();

    public void Dispose()
    {
        foreach (var statement in new[] { add, remove, merge, clear })
        {
            statement.Dispose();
        }
    }

    private static string? Said(PlacedEvent placed) => placed.Event switch
    {
        CaseOpened opened => opened.Thing is null ? placed.Case : $"{placed.Case} {opened.Thing}",
        CaseFieldsChanged changed => Fields(changed),
        CaseSeverityChanged changed => changed.Reason,
        CaseRegionChanged changed => changed.Reason,
        CaseCommented commented => commented.Text,
        CasePassed passed => passed.Reason,
        CaseDelegated delegated => delegated.Reason,
        CaseTaskEnded ended => ended.Text,
        CaseTaskReturned returned => returned.Reason,
        CaseEvidenceAdded added => added.Evidence.Name,
        CaseMerged merged => merged.Reason,
        CaseSupervised supervised => supervised.Text,
        CaseSupervisionAnswered answered => answered.Text,
        CaseRestored restored => restored.Reason,
        CaseReleased released => released.Reason,
        CaseRated rated => rated.Text,
        CaseMigrated migrated => migrated.Reason,
        _ => null,
    };

    private static string? Fields(CaseFieldsChanged changed)
    {
        var words = new List<string>();
        if (changed.Title is { } title)
        {
            words.Add(title.Zh);
            if (title.En != title.Zh)
            {
                words.Add(title.En);
            }
        }

        words.AddRange(changed.Fields?.Values.Select(value => value?.Words ?? "") ?? []);
        if (changed.Reason is { } reason)
        {
            words.Add(reason);
        }

        return words.Count == 0 ? null : string.Join('\n', words);
    }
}
