using System.Globalization;

namespace Jingwei.Server.Telemetry.Queries;

/// <summary>A part of a series' time; microseconds UTC.</summary>
/// <param name="To">Exclusive.</param>
internal readonly record struct Stretch(long Series, long From, long To)
{
    /// <summary>What finds the readings of any of these, in SQL: numbers as they stand, so that the engine finds their places without running a query for them.</summary>
    /// <param name="stretches">At least one.</param>
    public static string Sql(IReadOnlyList<Stretch> stretches) => string.Join(" OR ", stretches.GroupBy(stretch => (stretch.From, stretch.To)).Select(same =>
        string.Create(CultureInfo.InvariantCulture, $"(series IN ({string.Join(',', same.Select(each => each.Series))}) AND time >= {same.Key.From} AND time < {same.Key.To})")));
}
