namespace Jingwei.Cel.Checking;

/// <summary>"Did you mean": the known name nearest to one that is not known.</summary>
internal static class Suggestions
{
    public static string For(string name, IEnumerable<string> known)
    {
        var best = known
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(candidate => candidate.Distance <= Math.Max(1, name.Length / 3))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is null ? "" : $"; did you mean '{best.Name}'?";
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours, without regard to case.</summary>
    private static int Distance(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > from.Length / 3 + 1)
        {
            return int.MaxValue;
        }

        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i : Step(table, from, to, i, j);
            }
        }

        return table[from.Length, to.Length];
    }

    private static int Step(int[,] table, string from, string to, int i, int j)
    {
        static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
        var best = Math.Min(
            Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
            table[i - 1, j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1));
        return i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1])
            ? Math.Min(best, table[i - 2, j - 2] + 1)
            : best;
    }
}
