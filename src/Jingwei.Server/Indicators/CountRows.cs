using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Jingwei.Server.Packs.Model;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Indicators;

/// <summary>What was counted of windows that are over, in the database: a row for a thing and window.</summary>
internal static class CountRows
{
    public const string Table =
        """
        CREATE TABLE indicator_count (
            kind INTEGER NOT NULL, from_us BIGINT NOT NULL, thing TEXT NOT NULL, counts TEXT NOT NULL, PRIMARY KEY (kind, from_us, thing))
        """;

    // A sum that grew beyond what a double holds is kept as that.
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static void Put(SqliteConnection store, SqliteTransaction transaction, IReadOnlyList<WindowCount> counts)
    {
        foreach (var count in counts)
        {
            store.Execute(
                """
                INSERT INTO indicator_count (kind, from_us, thing, counts) VALUES (@kind, @From, @Thing, @counts)
                ON CONFLICT (kind, from_us, thing) DO UPDATE SET counts = excluded.counts
                """,
                new { kind = (long)count.Kind, count.From, count.Thing, counts = Text(count.Counts) },
                transaction);
        }
    }

    public static List<WindowCount> Of(SqliteConnection store, IndicatorWindow kind, long from) => store
        .Query<Row>("SELECT thing, counts FROM indicator_count WHERE kind = @kind AND from_us = @from", new { kind = (long)kind, from })
        .Select(row => new WindowCount(row.Thing, kind, from, Counts(row.Counts)))
        .ToList();

    // Count, least, greatest, last and its time, then what the sum is made of.
    private static string Text(IReadOnlyDictionary<string, Contribution> counts) => JsonSerializer.Serialize(
        counts.ToDictionary(each => each.Key, each => Numbers(each.Value), StringComparer.Ordinal), Json);

    private static double[] Numbers(Contribution each) => [each.Count, each.Min, each.Max, each.Last, each.LastTime, .. each.Sum.Terms];

    private static Dictionary<string, Contribution> Counts(string text) =>
        JsonSerializer.Deserialize<Dictionary<string, double[]>>(text, Json)!.ToDictionary(
            each => each.Key,
            each => new Contribution(
                ExactSum.OfTerms(each.Value.Skip(5)), (long)each.Value[0], each.Value[1], each.Value[2], each.Value[3], (long)each.Value[4]),
            StringComparer.Ordinal);

    private sealed record Row(string Thing, string Counts);
}
