using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>Compares what alarms, deadlines and people lead to with what the cases say themselves.</summary>
/// <param name="mark">Cases with an event behind it are not compared: the tables need not know it.</param>
internal sealed class IndexComparison(SqliteConnection store, SqliteTransaction snapshot, FoldedCases folded, long mark)
{
    public IEnumerable<AlteredRow> Run() =>
        Compare("case_alarm", "SELECT case_id, alarm FROM case_alarm", Alarms)
            .Concat(Compare("case_deadline", "SELECT case_id, key || ' ' || at || ' ' || fired FROM case_deadline", Deadlines))
            .Concat(Compare("case_holder", "SELECT case_id, user FROM case_holder", CaseProjection.Holders));

    private static IEnumerable<string> Alarms(Case state) => CaseProjection.Alarms(state);

    private static IEnumerable<string> Deadlines(Case state) =>
        state.Timers.Select(timer => FormattableString.Invariant($"{timer.Key} {CaseTime.Of(timer.At)} {(timer.Fired ? 1 : 0)}"));

    private List<AlteredRow> Compare(string table, string sql, Func<Case, IEnumerable<string>> entries)
    {
        var there = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        using (var command = new SqliteCommand(sql, store, snapshot))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                if (!there.TryGetValue(reader.GetString(0), out var mine))
                {
                    there[reader.GetString(0)] = mine = [];
                }

                mine.Add(reader.GetString(1));
            }
        }

        var differ = new List<string>();
        foreach (var fold in folded.All)
        {
            if (fold is not { Damage: null, State: { } state })
            {
                continue;
            }

            there.Remove(state.Id, out var mine);
            if (fold.Last <= mark && !entries(state).ToHashSet(StringComparer.Ordinal).SetEquals(mine ?? []))
            {
                differ.Add(state.Id);
            }
        }

        // What is left is of no case that could be folded.
        return [.. differ.Concat(there.Keys.Where(id => folded.Find(id) is null)).Order(StringComparer.Ordinal)
            .Select(id => new AlteredRow(table, id, null, null, "differs from its history"))];
    }
}
